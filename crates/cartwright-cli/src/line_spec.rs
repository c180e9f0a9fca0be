//! The text form of a line: `product:118,variant=140,qty=2`.

mod goods;
mod hosting;
mod license;
mod parts;
#[cfg(test)]
mod tests;

use cartwright::NewLine;

pub(crate) use parts::{Part, one, pieces, price, quantity, some_text};

/// The grammar, for `--help`.
pub(crate) const GRAMMAR: &str = "\
SPEC is one of
  product:ID[,variant=ID][,qty=N][,price=DECIMAL][,name=TEXT]
            [,option=ID=VALUEID]...[,text=ID=TEXT]...[,date=ID=YYYY-MM-DD]...
  custom:NAME,price=DECIMAL[,qty=N][,sku=S]
  gift:NAME,amount=DECIMAL,theme=T,from=NAME<EMAIL>,to=NAME<EMAIL>
            [,message=TEXT][,qty=N]
  item:ID[,price=DECIMAL][,description=TEXT][,order-item=N]
  service:CODE[,region=N][,option=KEY=VALUE[xUNITS]]...
  package:CODE(SERVICE[;SERVICE]...)    where SERVICE is service:CODE as above
  bundle:CODE(PACKAGE[;PACKAGE]...)     where PACKAGE is package:CODE(...)
  license:CATEGORY,seats=N,years=Y[,TERM]...
  keycode:KEY,years=Y[,seats=N][,category=C][,TERM]...
where ID, VALUEID, CODE and KEY are the vendor's, and qty is 1 unless set. For a product, option chooses one of an \
option's values; text and date fill in what the shopper types. license is a new licence, keycode one that exists. TERM is \
expires=DATE, reference=TEXT or, with the vendor's number, one of bundle, hierarchy, attribute, vault, platform, retention, \
pricing-model, pricing-level, keycode-type.

Each vendor takes its own kinds:
  bigcommerce  product, custom, gift
  cpanel       item
  liquidweb    service, package, bundle
  webroot      license, keycode

Within a value write \\, for a comma and \\\\ for a backslash; in service, package and bundle also \\; \\( and \\) for these three.

Examples:
  --line product:118,variant=140,qty=2
  --line 'custom:Engraving,price=4.50'
  --line 'gift:Voucher,amount=25,theme=Boy,from=A<a@ex.example>,to=B<b@ex.example>'
  --line 'item:123456,price=9,description=Certificate'
  --line service:CLOUD.VPS,region=1,option=11=111,option=13=131x100
  --line 'package:PKG-STARTER(service:CLOUD.VPS,option=11=111;service:LIC.MAIL)'
  --line 'bundle:BNDL-SAFE(package:PKG-BACKUP(service:BACKUP.OFFSITE,region=2))'
  --line license:SAEP,seats=25,years=1,bundle=1
  --line keycode:SAEP-SAND-BOX0-0000-0001,years=2,seats=30

`cart sandbox --list` shows the lines that the sandbox's stand-ins take.";

/// A kind of line: its word, what stands behind the colon, and how the rest is read.
struct Kind {
    word: &'static str,
    subject: &'static str,
    read: Read,
}

enum Read {
    /// A subject, then parts between commas.
    Flat(fn(String, &[Part]) -> Result<NewLine, String>),
    /// A subject that may hold other lines, as it stands.
    Nested(fn(&str) -> Result<NewLine, String>),
}

const KINDS: [Kind; 9] = [
    Kind {
        word: "product",
        subject: "the vendor's id of the product",
        read: Read::Flat(goods::product),
    },
    Kind {
        word: "custom",
        subject: "the name that the shopper reads",
        read: Read::Flat(goods::custom),
    },
    Kind {
        word: "gift",
        subject: "the name that the shopper reads",
        read: Read::Flat(goods::gift),
    },
    Kind {
        word: "item",
        subject: "the provider's id of the product",
        read: Read::Flat(goods::item),
    },
    Kind {
        word: "service",
        subject: "the vendor's code of the service",
        read: Read::Nested(hosting::service_line),
    },
    Kind {
        word: "package",
        subject: "the vendor's code of the package",
        read: Read::Nested(hosting::package_line),
    },
    Kind {
        word: "bundle",
        subject: "the vendor's code of the bundle",
        read: Read::Nested(hosting::bundle_line),
    },
    Kind {
        word: "license",
        subject: "the vendor's category of the licence",
        read: Read::Flat(license::new),
    },
    Kind {
        word: "keycode",
        subject: "the key of the licence",
        read: Read::Flat(license::existing),
    },
];

/// Reads a line, or says which part is wrong and how to mend it.
pub(crate) fn parse(spec: &str) -> Result<NewLine, String> {
    let (word, rest) = match spec.split_once(':') {
        Some((word, rest)) if !word.contains(',') => (word, rest),
        _ => {
            return Err(format!(
                "`{}` names no kind of line: begin with one and a colon, as in product:118; there are {}",
                pieces(spec).into_iter().next().unwrap_or_default(),
                words()
            ));
        }
    };
    let Some(kind) = KINDS.iter().find(|kind| kind.word == word) else {
        return Err(format!(
            "`{word}` is not a kind of line: there are {}",
            words()
        ));
    };
    let is_nested = matches!(kind.read, Read::Nested(_));
    if rest.is_empty() || rest.starts_with(',') || (is_nested && rest.starts_with('(')) {
        return Err(format!(
            "`{word}:` is followed by nothing: give {}",
            kind.subject
        ));
    }
    match kind.read {
        Read::Flat(read) => {
            let mut pieces = pieces(rest).into_iter();
            let subject = pieces.next().unwrap_or_default();
            let parts = pieces.map(Part::read).collect::<Result<Vec<_>, _>>()?;
            read(subject, &parts)
        }
        Read::Nested(read) => read(rest),
    }
}

/// The kinds, for a sentence.
fn words() -> String {
    let words = KINDS.map(|kind| kind.word);
    let (last, others) = words.split_last().unwrap_or((&"", &[]));
    format!("{} and {last}", others.join(", "))
}
