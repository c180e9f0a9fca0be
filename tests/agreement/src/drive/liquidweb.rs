use base64::prelude::{BASE64_STANDARD, Engine};
use cartwright_sandbox::Sandbox;
use serde_json::{Value, json};

use crate::ask::{Answer, Ask, access};

pub async fn drive(sandbox: &Sandbox) {
    let access = access(sandbox, "liquidweb");
    let credential = |name| access.credential(name).expect("a credential");
    let anyone = Ask::new(&access);
    // Bearer opens the other methods too, and not the one that gives a token.
    let pair = format!("{}:{}", credential("user"), credential("password"));
    let basic = format!("Basic {}", BASE64_STANDARD.encode(pair));
    let user = anyone.header("authorization", basic);

    let nothing = json!({});
    let backup = json!({"code": "BACKUP.OFFSITE", "options": [], "region_id": 1});
    let item = json!({"cycle": "monthly", "item": backup});
    let server = json!({"config_id": 901, "package_code": "PKG-STARTER", "region_id": 1, "template": "ALMALINUX_9"});
    let cart = call(&user, "Market/Cart/Item/add", &item).await.body;
    let quote = json!({
        "basket_admin_username": "anna",
        "cart_uuid": cart["uuid"],
        "opportunity_id": "0061a00000Abcde",
    });
    let (bundle, package) = (
        json!({"code": "BNDL-AGENCY"}),
        json!({"code": "PKG-STARTER"}),
    );
    // Nothing is required for a token.
    let too_long = json!({"timeout": 3601});

    for (method, refused, done) in [
        ("Market/Cart/Item/add", &nothing, &item),
        ("Market/Cart/Helpers/Configurator/add", &nothing, &server),
        ("Market/Cart/Admin/Quote/create", &nothing, &quote),
        ("Market/Bundle/details", &nothing, &bundle),
        ("Market/Bundle/Package/list", &nothing, &bundle),
        ("Market/Package/details", &nothing, &package),
        ("Market/Package/Product/list", &nothing, &package),
        ("Account/Auth/token", &too_long, &nothing),
    ] {
        assert_eq!(call(&anyone, method, done).await.status, 401, "{method}");
        // A failure is HTTP 200 as well, with a class in its body.
        for (params, fails) in [(refused, true), (done, false)] {
            let answer = call(&user, method, params).await;
            let told = (answer.status, answer.body["error_class"].is_string());
            assert_eq!(told, (200, fails), "{method} {params}: {}", answer.body);
        }
    }
}

async fn call(ask: &Ask, method: &str, params: &Value) -> Answer {
    let path = format!("/bleed/{method}");
    ask.post(&path, json!({"params": params})).await
}
