//! What each command does.

use std::future::Future;

use cartwright::{CartApi, CartId, Contact, Customer, LineChange, NewOrder};
use clap::CommandFactory;

use crate::args::{Args, CartCommand, Command, Output};
use crate::connection::{Access, Connection};
use crate::create;
use crate::failure::{Failure, note};
use crate::render::{self, Answer, Form};
#[cfg(feature = "sandbox")]
use crate::sandbox;

pub(crate) fn run(args: Args) -> Result<(), Failure> {
    let Args {
        mut connection,
        output,
        vendor_response,
        command,
    } = args;
    connection.output = output;
    if vendor_response && output != Output::Json {
        return Err(Failure::usage(
            "--vendor-response goes with -o json: add that, or leave it out",
        ));
    }
    let form = Form {
        output,
        vendor_response,
    };
    match command {
        Command::Cart(command) => on_runtime(carry_out(command, &connection, form)),
        Command::Vendors => {
            connection.refuse_all_but_vendor_for("vendors")?;
            render::vendors(&connection.named(), output)
        }
        #[cfg(feature = "sandbox")]
        Command::Sandbox(asked) if asked.list => {
            connection.refuse_all_but_vendor_for("sandbox --list")?;
            sandbox::list(&asked, &connection.named(), output)
        }
        #[cfg(feature = "sandbox")]
        Command::Sandbox(asked) => {
            connection.refuse_for("sandbox")?;
            on_runtime(sandbox::serve(asked, output))
        }
        #[cfg(feature = "record")]
        Command::Har { folder } => {
            connection.refuse_for("har")?;
            let har = cartwright::record::har::export(&folder);
            let har = har.map_err(|error| Failure::io(error.to_string()))?;
            render::json(&har)
        }
        Command::Completions { shell } => {
            connection.refuse_for("completions")?;
            let mut script = Vec::new();
            let mut command = Args::command();
            clap_complete::generate(shell, &mut command, "cart", &mut script);
            render::to_stdout(&script)
        }
    }
}

fn on_runtime(work: impl Future<Output = Result<(), Failure>>) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::io(format!("the runtime does not start: {error}")))?;
    let done = runtime.block_on(work);
    // The result stands; a name lookup that still hangs is not waited for.
    runtime.shutdown_background();
    done
}

async fn carry_out(
    command: CartCommand,
    connection: &Connection,
    form: Form,
) -> Result<(), Failure> {
    let demonstrates = matches!(&command, CartCommand::Create(asked) if asked.lines.is_empty());
    let answer = answer(command, connection).await?;
    render::answer(&answer, form).map_err(|failure| failure.but_done(&answer))?;
    let (what, they) = match answer {
        Answer::Everywhere { failures, .. } if !failures.is_empty() => {
            return Err(Failure::Several(failures));
        }
        Answer::Everywhere { .. } => ("these are the sandbox's demonstration carts", "they"),
        _ => ("this is the sandbox's demonstration cart", "it"),
    };
    if demonstrates {
        note(
            &format!(
                "{what}, because no --line was given; {they} went with the command. `cart sandbox` keeps a sandbox running, and `cart sandbox --list` shows what it sells"
            ),
            form.output,
        );
    }
    Ok(())
}

async fn answer(command: CartCommand, connection: &Connection) -> Result<Answer, Failure> {
    Ok(match command {
        CartCommand::Create(asked) => create::create(asked, connection).await?,
        CartCommand::Get { cart } => {
            let (shop, id) = Shop::with_cart(connection, &cart).await?;
            shop.api.get(&id).await?.into()
        }
        CartCommand::Add { cart, lines } => {
            let (shop, id) = Shop::with_cart(connection, &cart).await?;
            shop.api.add_lines(&id, lines).await?.into()
        }
        CartCommand::Update {
            cart,
            line,
            qty,
            price,
        } => {
            let (shop, id) = Shop::with_cart(connection, &cart).await?;
            let mut change = LineChange::new();
            change.quantity = qty;
            change.unit_price = price;
            shop.api.update_line(&id, &line, change).await?.into()
        }
        CartCommand::Remove { cart, line } => {
            let (shop, id) = Shop::with_cart(connection, &cart).await?;
            match shop.api.remove_line(&id, &line).await? {
                Some(left) => left.into(),
                None => Answer::GoneWithLastLine(id),
            }
        }
        CartCommand::Delete { cart } => {
            let (shop, id) = Shop::with_cart(connection, &cart).await?;
            shop.api.delete(&id).await?;
            Answer::Deleted(id)
        }
        CartCommand::Checkout { cart } => {
            let (shop, id) = Shop::with_cart(connection, &cart).await?;
            Answer::Checkout(shop.api.checkout(&id).await?)
        }
        CartCommand::Customer {
            cart,
            customer,
            reseller,
        } => {
            let customer = sold_by(customer, reseller)?;
            let (shop, id) = Shop::with_cart(connection, &cart).await?;
            shop.api.set_customer(&id, customer).await?.into()
        }
        CartCommand::Order {
            cart,
            purchase_order,
        } => {
            let (shop, id) = Shop::with_cart(connection, &cart).await?;
            let mut order = NewOrder::new();
            order.purchase_order = purchase_order;
            Answer::Order(Box::new(shop.api.place_order(&id, order).await?))
        }
    })
}

/// Only a customer who is described can have a reseller.
fn sold_by(customer: Customer, reseller: Option<Box<Contact>>) -> Result<Customer, Failure> {
    match (customer, reseller) {
        (customer, None) => Ok(customer),
        (Customer::Described(details), Some(reseller)) => Ok((*details).reseller(*reseller).into()),
        (_, Some(_)) => Err(Failure::usage(
            "--reseller goes with a customer that is described: write WHO as contact:key=value",
        )),
    }
}

/// One vendor's carts, and whatever has to live as long as they are used.
struct Shop {
    api: Box<dyn CartApi>,
    _access: Access,
}

impl Shop {
    async fn with_cart(connection: &Connection, cart: &str) -> Result<(Self, CartId), Failure> {
        let id = connection.cart(cart)?;
        let access = Access::open(connection, &[id.vendor()]).await?;
        let shop = Self {
            api: access.connect(id.vendor())?,
            _access: access,
        };
        Ok((shop, id))
    }
}
