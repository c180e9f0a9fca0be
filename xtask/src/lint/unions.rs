//! Unions: a decoder has to tell the branches apart.

use std::collections::BTreeSet;

use super::context::{Context, Problem};
use super::shapes::{JsonType, Shape, Target, referenced_schema, scalar_component};
use super::structures::meaningful_siblings;
use super::{Rule, Severity};
use crate::load::{Node, Value, pointer_token};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "union-form",
        severity: Severity::Error,
        summary: "A union has two branches or more; beside `oneOf` stand notes only, `nullable` and `x-variant-keys`.",
        why: "other keywords would have to hold for every branch, which no generated type says",
        mend: "move what stands beside `oneOf` into the branches",
        check: union_form,
    },
    Rule {
        id: "union-branch",
        severity: Severity::Error,
        summary: "A branch is a `$ref` to an object or scalar component, or an inline scalar, array or free object; none is nullable, and none is a union.",
        why: "a variant needs a type with a name, and null belongs to the union",
        mend: "make it a component and reference it; write `nullable` on the union",
        check: union_branch,
    },
    Rule {
        id: "union-overlap",
        severity: Severity::Error,
        summary: "No two branches take the same JSON type, objects told apart by `x-variant-keys` excepted.",
        why: "the first branch that fits would win, whatever was meant",
        mend: "merge the two branches; for a scalar of several forms use its component, such as `FlexibleText`",
        check: union_overlap,
    },
    Rule {
        id: "union-variant-keys",
        severity: Severity::Error,
        summary: "A union of several objects has `x-variant-keys`, which names these branches in their order and no other.",
        why: "nothing else tells which object has come",
        mend: "write `x-variant-keys` with a key, or `{key: constant}`, for each object branch, in the order of `oneOf`",
        check: union_variant_keys,
    },
    Rule {
        id: "union-variant-key-undeclared",
        severity: Severity::Error,
        summary: "Each key of `x-variant-keys` is a property of its branch; a constant is a text that it can have.",
        why: "the branch could never be told",
        mend: "name a property of the branch, and a value that its schema takes",
        check: union_variant_key_undeclared,
    },
    Rule {
        id: "union-variant-shadowed",
        severity: Severity::Error,
        summary: "No branch requires what tells an earlier branch.",
        why: "the earlier branch is tried first and always wins",
        mend: "put the more exact branch first, in `oneOf` and `x-variant-keys`",
        check: union_variant_shadowed,
    },
    Rule {
        id: "union-variant-name",
        severity: Severity::Error,
        summary: "The branches' names differ from one another and from Text, Integer, Number, Boolean, Array, Object and Other.",
        why: "each becomes a variant; inline branches and unknown shapes take these names",
        mend: "rename the component",
        check: union_variant_name,
    },
];

struct Union<'d> {
    pointer: String,
    node: &'d Node,
    branches: Vec<Branch<'d>>,
}

struct Branch<'d> {
    pointer: String,
    node: &'d Node,
    /// The component it names, if it is a `$ref`.
    name: Option<&'d str>,
    target: Target<'d>,
    shape: Shape,
}

impl Branch<'_> {
    fn is_object(&self) -> bool {
        matches!(self.shape, Shape::Object | Shape::Map)
    }
}

/// The unions, the forms of a scalar component left aside.
fn unions<'d>(context: &Context<'d>) -> Vec<Union<'d>> {
    let schemas = context.schemas();
    schemas
        .filter(|visit| {
            visit
                .component()
                .is_none_or(|name| scalar_component(&name).is_none())
        })
        .filter_map(|visit| {
            let parts = visit.node.get("oneOf")?.as_seq()?;
            let branches = parts.iter().enumerate().map(|(index, node)| Branch {
                pointer: format!("{}/oneOf/{index}", visit.pointer),
                node,
                name: referenced_schema(node),
                target: context.target(node),
                shape: context.shape(node),
            });
            Some(Union {
                pointer: visit.pointer.clone(),
                node: visit.node,
                branches: branches.collect(),
            })
        })
        .collect()
}

fn union_form(context: &Context<'_>, out: &mut Vec<Problem>) {
    for union in unions(context) {
        let count = union.branches.len();
        if count < 2 {
            let plural = if count == 1 { "" } else { "es" };
            let message = format!("this union has {count} branch{plural}");
            let mend = "write out the branches, or the one schema without `oneOf`";
            out.push(Problem::new(&union.pointer, message).mend(mend));
        }
        for key in meaningful_siblings(union.node, "oneOf") {
            out.push(Problem::new(
                &format!("{}/{}", union.pointer, pointer_token(key)),
                format!("`{key}` stands beside `oneOf`"),
            ));
        }
    }
}

fn union_branch(context: &Context<'_>, out: &mut Vec<Problem>) {
    for branch in unions(context).iter().flat_map(|union| &union.branches) {
        let target = branch.target.node;
        let wrong = if target.is_true("nullable") || branch.node.is_true("nullable") {
            "this branch is nullable"
        } else if branch.shape == Shape::Union {
            "this branch is a union"
        } else if branch.shape == Shape::Any {
            "this branch takes anything"
        } else if branch.shape == Shape::Object && branch.name.is_none() {
            "this branch is an object without a name"
        } else {
            continue;
        };
        out.push(Problem::new(&branch.pointer, wrong));
    }
}

fn union_overlap(context: &Context<'_>, out: &mut Vec<Problem>) {
    for union in unions(context) {
        for (index, branch) in union.branches.iter().enumerate() {
            if matches!(branch.shape, Shape::Any) {
                continue;
            }
            let types = context.json_types(branch.node);
            let clash = union.branches.iter().take(index).find_map(|earlier| {
                if earlier.shape == Shape::Any {
                    return None;
                }
                let named_objects = earlier.is_object()
                    && branch.is_object()
                    && earlier.name.is_some()
                    && branch.name.is_some();
                let others = context.json_types(earlier.node);
                let shared = types.iter().find(|kind| others.contains(kind))?;
                (!named_objects).then_some((earlier, *shared))
            });
            if let Some((earlier, kind)) = clash {
                let number = earlier.pointer.rsplit('/').next().unwrap_or_default();
                let free = kind == JsonType::Object;
                let problem = Problem::new(
                    &branch.pointer,
                    format!("this branch and branch {number} both take {}", kind.word()),
                );
                out.push(if free {
                    problem.mend("remove the free object: unknown shapes are kept anyway")
                } else {
                    problem
                });
            }
        }
    }
}

fn union_variant_keys(context: &Context<'_>, out: &mut Vec<Problem>) {
    for union in unions(context) {
        let objects: Vec<&str> = union
            .branches
            .iter()
            .filter(|branch| branch.is_object())
            .filter_map(|branch| branch.name)
            .collect();
        let pointer = format!("{}/x-variant-keys", union.pointer);
        let Some(keys) = union.node.get("x-variant-keys") else {
            if objects.len() > 1 {
                let message = format!("nothing tells {} apart", objects.join(", "));
                out.push(Problem::new(&union.pointer, message));
            }
            continue;
        };
        let named: Vec<&str> = keys.iter_map().map(|(key, _)| key.text.as_str()).collect();
        let missing = objects.iter().filter(|name| !named.contains(name));
        for name in missing.clone() {
            out.push(Problem::new(
                &pointer,
                format!("the branch `{name}` has no key"),
            ));
        }
        let foreign = named.iter().filter(|name| !objects.contains(name));
        for name in foreign.clone() {
            out.push(Problem::new(
                &format!("{pointer}/{}", pointer_token(name)),
                format!("`{name}` isn't an object branch of this union"),
            ));
        }
        let complete = missing.count() == 0 && foreign.count() == 0;
        if complete && named != objects {
            let message = format!(
                "the branches stand in another order here: {}",
                objects.join(", ")
            );
            out.push(Problem::new(&pointer, message));
        }
    }
}

/// What tells a branch: a key, and a value if the key alone doesn't.
#[derive(Clone, Copy)]
struct Test<'d> {
    key: &'d str,
    constant: Option<&'d str>,
}

/// The tests of a union's object branches, in the order in which they are tried.
fn tests<'u, 'd>(union: &'u Union<'d>) -> Vec<(&'u Branch<'d>, Vec<Test<'d>>)> {
    let keys = union.node.get("x-variant-keys").into_iter();
    keys.flat_map(Node::iter_map)
        .filter_map(|(name, entry)| {
            let mut branches = union.branches.iter();
            let branch = branches.find(|branch| branch.name == Some(name.text.as_str()))?;
            let tests = match &entry.value {
                Value::String(key) => vec![Test {
                    key,
                    constant: None,
                }],
                Value::Map(entries) => entries
                    .iter()
                    .map(|(key, constant)| Test {
                        key: &key.text,
                        constant: constant.as_str(),
                    })
                    .collect(),
                _ => Vec::new(),
            };
            Some((branch, tests))
        })
        .collect()
}

/// The texts that a property can have; `None` when any.
fn constants<'d>(context: &Context<'d>, property: &'d Node) -> Option<Vec<&'d str>> {
    let values = context.target(property).node.get("enum")?;
    Some(values.iter_seq().filter_map(Node::as_str).collect())
}

fn union_variant_key_undeclared(context: &Context<'_>, out: &mut Vec<Problem>) {
    for union in unions(context) {
        for (branch, tests) in tests(&union) {
            let name = branch.name.unwrap_or_default();
            let pointer = format!("{}/x-variant-keys/{}", union.pointer, pointer_token(name));
            let properties = context.properties(branch.node);
            for Test { key, constant } in tests {
                let found = properties.iter().find(|(declared, _)| *declared == key);
                let message = match (found, constant) {
                    (None, _) => format!("`{name}` declares no property `{key}`"),
                    (Some((_, schema)), Some(constant)) => {
                        let text = matches!(context.shape(schema), Shape::Text);
                        let possible = constants(context, schema);
                        if text && possible.is_none_or(|values| values.contains(&constant)) {
                            continue;
                        }
                        format!("`{key}` of `{name}` can't be the text `{constant}`")
                    }
                    _ => continue,
                };
                out.push(Problem::new(&pointer, message));
            }
        }
    }
}

fn union_variant_shadowed(context: &Context<'_>, out: &mut Vec<Problem>) {
    for union in unions(context) {
        let tests = tests(&union);
        for (index, (branch, _)) in tests.iter().enumerate() {
            let required = context.required(branch.node);
            let properties = context.properties(branch.node);
            // A value of this branch always passes a test whose key it requires, and whose value, if the
            // test names one, is the only one that the key can have.
            let always = |test: &Test<'_>| {
                let property = properties.iter().find(|(name, _)| *name == test.key);
                let only = property.and_then(|(_, schema)| constants(context, schema));
                let value = test
                    .constant
                    .is_none_or(|value| only.is_some_and(|only| only == [value]));
                required.contains(test.key) && value
            };
            let earlier = tests.iter().take(index);
            let shadow = earlier
                .filter(|(_, tests)| !tests.is_empty())
                .find(|(_, tests)| tests.iter().all(always));
            if let Some((earlier, _)) = shadow {
                let name = branch.name.unwrap_or_default();
                let first = earlier.name.unwrap_or_default();
                out.push(Problem::new(
                    &format!("{}/x-variant-keys/{}", union.pointer, pointer_token(name)),
                    format!("every `{name}` is taken for a `{first}`"),
                ));
            }
        }
    }
}

fn union_variant_name(context: &Context<'_>, out: &mut Vec<Problem>) {
    const TAKEN: [&str; 7] = [
        "Text", "Integer", "Number", "Boolean", "Array", "Object", "Other",
    ];
    for union in unions(context) {
        let mut seen = BTreeSet::new();
        for branch in &union.branches {
            let Some(name) = branch.name else { continue };
            if TAKEN.contains(&name) || !seen.insert(name) {
                let message = format!("the variant `{name}` exists already");
                out.push(Problem::new(&branch.pointer, message));
            }
        }
    }
}
