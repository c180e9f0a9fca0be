//! The named scalars: components whose schema lists every wire form, replaced by a type of the runtime.

/// A scalar that specs name and generated code takes from the runtime.
#[derive(Clone, Copy, Debug)]
pub struct Scalar {
    /// The component's name in a spec.
    pub name: &'static str,
    /// The Rust type that stands for it.
    pub rust_path: &'static str,
}

/// Plain `type: number` becomes this scalar as well, so that no `f64` is ever generated.
pub const DECIMAL: &str = "Decimal";
/// `type: string, format: date-time` becomes this scalar.
pub const TIMESTAMP: &str = "Timestamp";

/// `type: string, format: password` becomes this scalar, so that no `Debug` shows it.
pub const SECRET: &str = "Secret";

/// All scalars, by component name.
pub const SCALARS: &[Scalar] = &[
    Scalar {
        name: DECIMAL,
        rust_path: "::cartwright_runtime::Decimal",
    },
    Scalar {
        name: "FlexibleBoolean",
        rust_path: "::cartwright_runtime::FlexibleBoolean",
    },
    Scalar {
        name: "FlexibleInteger",
        rust_path: "::cartwright_runtime::FlexibleInteger",
    },
    Scalar {
        name: "FlexibleText",
        rust_path: "::cartwright_runtime::FlexibleText",
    },
    Scalar {
        name: SECRET,
        rust_path: "::cartwright_runtime::Secret",
    },
    Scalar {
        name: TIMESTAMP,
        rust_path: "::cartwright_runtime::Timestamp",
    },
    Scalar {
        name: "VendorDateTime",
        rust_path: "::cartwright_runtime::VendorDateTime",
    },
];

/// The scalar that a component of this name stands for.
pub fn by_name(name: &str) -> Option<&'static Scalar> {
    SCALARS.iter().find(|scalar| scalar.name == name)
}
