//! The market's catalogue: one thing of each kind that has every optional field, and one that has none.

use super::catalogue::{
    Bundle, Extras, Offer, OptionKey, OptionValue, Package, PackageSlot, Price, Product,
    ProductSlot, Strategy,
};

pub(super) static REGIONS: [i64; 2] = [1, 2];

const PLAIN_VALUE: OptionValue = OptionValue {
    ptov_id: 0,
    name: "",
    description: "",
    price: Price(0),
    display_order: 1,
    discountable: None,
    comments: None,
    parent: None,
};

const PLAIN_PRODUCT: Product = Product {
    id: 0,
    code: "",
    title: "",
    description: "",
    active: true,
    base_price: Price(0),
    discountable: true,
    categories: &[],
    regions: &REGIONS,
    options: &[],
    extras: None,
};

const PLAIN_SLOT: ProductSlot = ProductSlot {
    package_to_product_id: 0,
    product: "",
    add_on: false,
    display_order: 1,
    title: None,
    description: None,
    related: None,
    option_visibility: None,
};

pub(super) static PRODUCTS: [Product; 4] = [
    Product {
        id: 101,
        code: "CLOUD.VPS",
        title: "Cloud VPS",
        description: "A virtual server.\nResize it at any time.",
        base_price: Price(2_500_000),
        categories: &["CloudServers", "Servers"],
        options: &[
            OptionKey {
                ptok_id: 11,
                name: "Template",
                description: "Operating system",
                group: "Software",
                display_order: 1,
                required: true,
                discountable: Some(true),
                values: &[
                    OptionValue {
                        ptov_id: 111,
                        name: "ALMALINUX_9",
                        description: "AlmaLinux 9",
                        ..PLAIN_VALUE
                    },
                    OptionValue {
                        ptov_id: 112,
                        name: "WINDOWS_2022",
                        description: "Windows Server 2022",
                        price: Price(2_000_000),
                        display_order: 2,
                        discountable: Some(false),
                        comments: Some("The licence is included.\nIt is not discounted."),
                        ..PLAIN_VALUE
                    },
                ],
            },
            OptionKey {
                ptok_id: 12,
                name: "ControlPanel",
                description: "Control panel",
                group: "Software",
                display_order: 2,
                required: false,
                discountable: Some(true),
                values: &[OptionValue {
                    ptov_id: 121,
                    name: "PANEL_SOLO",
                    description: "Panel for one site",
                    price: Price(999_000),
                    discountable: Some(true),
                    comments: Some("Only on AlmaLinux."),
                    parent: Some((11, 111)),
                    ..PLAIN_VALUE
                }],
            },
            OptionKey {
                ptok_id: 13,
                name: "ExtraTransfer",
                description: "Transfer beyond the plan",
                group: "Network",
                display_order: 3,
                required: false,
                discountable: None,
                values: &[OptionValue {
                    ptov_id: 131,
                    name: "PER_GB",
                    description: "Each GB",
                    price: Price(125),
                    ..PLAIN_VALUE
                }],
            },
        ],
        extras: Some(Extras {
            capabilities: &["reboot", "resize"],
            extra_data: &[("cores", "2"), ("memory", "4 GB")],
            global_discountable: false,
            management_level: "fully managed",
            series_description: "Servers that grow",
            series_display_order: 1,
            series_entry_cart_category: "Cloud",
            series_entry_cart_plan: "Two cores",
            series_entry_cart_series: "VPS",
            series_entry_display_order: 2,
            series_entry_featured: true,
            subdomain: "cloud_vps",
            subtitle: "Two cores, 4 GB",
        }),
        ..PLAIN_PRODUCT
    },
    Product {
        id: 102,
        code: "LIC.MAIL",
        title: "Courriel – boîte ✉",
        description: "A mailbox.",
        base_price: Price(7_000),
        discountable: false,
        categories: &["Licenses"],
        regions: &[1],
        ..PLAIN_PRODUCT
    },
    Product {
        id: 103,
        code: "BACKUP.OFFSITE",
        title: "Off-site backup",
        description: "Copies in another region.",
        base_price: Price(995_000),
        categories: &["Backups"],
        ..PLAIN_PRODUCT
    },
    Product {
        id: 104,
        code: "LEGACY.HOSTING",
        title: "Shared hosting",
        description: "No longer sold.",
        active: false,
        base_price: Price(1_495_000),
        categories: &["Hosting"],
        ..PLAIN_PRODUCT
    },
];

pub(super) static PACKAGES: [Package; 2] = [
    Package {
        code: "PKG-STARTER",
        version_id: 301,
        title: "Starter",
        properties: &[("audience", "first server")],
        products: &[
            ProductSlot {
                package_to_product_id: 401,
                product: "CLOUD.VPS",
                title: Some("Your server"),
                description: Some("The heart of the package."),
                option_visibility: Some("visible"),
                ..PLAIN_SLOT
            },
            ProductSlot {
                package_to_product_id: 402,
                product: "LIC.MAIL",
                add_on: true,
                display_order: 2,
                related: Some(401),
                ..PLAIN_SLOT
            },
            ProductSlot {
                package_to_product_id: 403,
                product: "CLOUD.VPS",
                add_on: true,
                display_order: 3,
                title: Some("A second server"),
                description: Some("To fall back on."),
                related: Some(401),
                option_visibility: Some("hidden"),
            },
        ],
        offers: &[Offer {
            kind: "package",
            owner: "PKG-STARTER",
            strategy: Strategy::Percent(10),
            month_end: 3,
            priority: 1,
            cart_wide: false,
        }],
    },
    Package {
        code: "PKG-BACKUP",
        version_id: 302,
        title: "Backup",
        properties: &[],
        products: &[ProductSlot {
            package_to_product_id: 404,
            product: "BACKUP.OFFSITE",
            ..PLAIN_SLOT
        }],
        offers: &[],
    },
];

pub(super) static BUNDLES: [Bundle; 2] = [
    Bundle {
        code: "BNDL-AGENCY",
        version_id: 501,
        title: "Agency",
        properties: &[("audience", "agencies")],
        packages: &[
            PackageSlot {
                bundle_to_package_id: 601,
                package: "PKG-STARTER",
                add_on: false,
                display_order: 1,
            },
            PackageSlot {
                bundle_to_package_id: 602,
                package: "PKG-BACKUP",
                add_on: true,
                display_order: 2,
            },
        ],
        offers: &[
            Offer {
                kind: "bundle",
                owner: "BNDL-AGENCY",
                strategy: Strategy::Percent(15),
                month_end: 0,
                priority: 1,
                cart_wide: false,
            },
            Offer {
                kind: "bundle",
                owner: "BNDL-AGENCY",
                strategy: Strategy::Credit(500),
                month_end: 1,
                priority: 2,
                cart_wide: false,
            },
            Offer {
                kind: "offset",
                owner: "sandbox",
                strategy: Strategy::Credit(1000),
                month_end: 1,
                priority: 3,
                cart_wide: true,
            },
        ],
    },
    Bundle {
        code: "BNDL-SAFE",
        version_id: 502,
        title: "Safe",
        properties: &[],
        packages: &[PackageSlot {
            bundle_to_package_id: 603,
            package: "PKG-BACKUP",
            add_on: false,
            display_order: 1,
        }],
        offers: &[],
    },
];
