//! Compares the schemas of two documents as a graph.
//!
//! A node is a pair of places, one in each document, in one direction. It is compared once, however many operations reach it, and
//! holds what differs there and the pairs below it; schemas that contain themselves are cycles of it. Once all roots are in, a walk
//! from each tells which operation reaches what.

mod arrays;
mod compare;
mod names;
mod objects;
mod outcome;
mod scalars;
mod unions;
mod unused;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};

use super::Direction;
use super::causes::Causes;
use super::shape::{Reader, Spot, same_leaf};
use super::source::{At, Source};
use crate::load::LoadError;
use outcome::{Child, Judged};

/// What a schema describes, which decides the rules that judge it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// A body, or a part of one.
    Body,
    /// A parameter.
    Parameter,
    /// A header of an answer.
    Header,
}

/// The comparison of all schemas of two documents.
#[derive(Debug)]
pub struct Schemas<'o, 'n> {
    old: Reader<'o>,
    new: Reader<'n>,
    ids: HashMap<Id, usize>,
    nodes: Vec<Node>,
    open: VecDeque<(usize, Child<'o, 'n>, Direction)>,
    roots: BTreeMap<usize, BTreeSet<String>>,
    reworded: HashSet<(String, String)>,
}

/// What tells a node of the graph.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Id {
    old: String,
    new: String,
    direction: Direction,
    place: Place,
    judges: (bool, bool),
}

/// A pair of places, compared.
#[derive(Debug, Default)]
struct Node {
    findings: Vec<Judged>,
    children: Vec<usize>,
}

impl<'o, 'n> Schemas<'o, 'n> {
    /// Nothing is compared yet.
    pub fn new(old: Source<'o>, new: Source<'n>) -> Self {
        Self {
            old: Reader::new(old),
            new: Reader::new(new),
            ids: HashMap::new(),
            nodes: Vec::new(),
            open: VecDeque::new(),
            roots: BTreeMap::new(),
            reworded: HashSet::new(),
        }
    }

    /// Compares the schemas at two places as `operation` uses them. `subject` names the root for a reader where it stands inline.
    ///
    /// # Errors
    ///
    /// What is no schema, or refers to none; with its place.
    pub fn root(
        &mut self,
        old: &At<'o>,
        new: &At<'n>,
        direction: Direction,
        place: Place,
        operation: &str,
        subject: &str,
    ) -> Result<(), LoadError> {
        let child = Child {
            old: Spot::of(old.clone()),
            new: Spot::of(new.clone()),
            place,
            subject: subject.to_owned(),
            places: (old.pointer.clone(), new.pointer.clone()),
            null: true,
            names: true,
        };
        let node = self.node(child, direction);
        self.roots
            .entry(node)
            .or_default()
            .insert(operation.to_owned());
        self.run()
    }

    /// After all roots: every cause into `causes`, with the operations that reach it; schemas that no operation reaches are compared
    /// here, by name. Answers how many pairs of schemas differ in words.
    ///
    /// # Errors
    ///
    /// As [`Schemas::root`].
    pub fn finish(mut self, causes: &mut Causes) -> Result<usize, LoadError> {
        let telling = self.telling();
        let mut walk = Walk::new(self.nodes.len());
        for (root, operations) in &self.roots {
            for node in walk.findings(&self.nodes, *root, &telling) {
                for finding in &node.findings {
                    let operations = operations.iter().map(String::as_str);
                    causes.add_as(&finding.found, finding.rule, operations);
                }
            }
        }
        self.unused(causes)?;
        Ok(self.reworded.len())
    }

    /// The node of a pair, to be compared if it is new.
    fn node(&mut self, child: Child<'o, 'n>, direction: Direction) -> usize {
        let id = Id {
            old: child.old.id(),
            new: child.new.id(),
            direction,
            place: child.place,
            judges: (child.null, child.names),
        };
        if let Some(known) = self.ids.get(&id) {
            return *known;
        }
        let node = self.nodes.len();
        self.ids.insert(id, node);
        self.nodes.push(Node::default());
        self.open.push_back((node, child, direction));
        node
    }

    /// Compares what is open, until nothing is.
    fn run(&mut self) -> Result<(), LoadError> {
        while let Some((index, child, direction)) = self.open.pop_front() {
            let outcome = compare::compare(&mut self.old, &mut self.new, &child, direction)?;
            self.reworded.extend(outcome.reworded);
            let children = outcome.children.into_iter();
            let children = children.filter(|child| !same_leaf(&child.old, &child.new));
            let children = children.map(|child| self.node(child, direction)).collect();
            if let Some(node) = self.nodes.get_mut(index) {
                node.findings = outcome.findings;
                node.children = children;
            }
        }
        Ok(())
    }

    /// Which nodes hold a finding, or lead to one.
    fn telling(&self) -> Vec<bool> {
        let mut parents: Vec<Vec<usize>> = vec![Vec::new(); self.nodes.len()];
        let mut open = Vec::new();
        for (index, node) in self.nodes.iter().enumerate() {
            if !node.findings.is_empty() {
                open.push(index);
            }
            for child in &node.children {
                if let Some(parents) = parents.get_mut(*child) {
                    parents.push(index);
                }
            }
        }
        let mut telling = vec![false; self.nodes.len()];
        while let Some(index) = open.pop() {
            if let Some(known @ false) = telling.get_mut(index) {
                *known = true;
                open.extend(parents.get(index).into_iter().flatten());
            }
        }
        telling
    }
}

/// Walks over the graph, one after another; what a walk has seen bears its number.
struct Walk {
    seen: Vec<usize>,
    number: usize,
}

impl Walk {
    fn new(nodes: usize) -> Self {
        Self {
            seen: vec![0; nodes],
            number: 0,
        }
    }

    /// The nodes with findings at and below `root`, in the order in which they were found.
    fn findings<'a>(&mut self, nodes: &'a [Node], root: usize, telling: &[bool]) -> Vec<&'a Node> {
        self.number += 1;
        let (mut with_findings, mut open) = (Vec::new(), vec![root]);
        while let Some(index) = open.pop() {
            let (Some(seen), Some(true)) = (self.seen.get_mut(index), telling.get(index)) else {
                continue;
            };
            if *seen == self.number {
                continue;
            }
            *seen = self.number;
            if let Some(node) = nodes.get(index) {
                open.extend(&node.children);
                if !node.findings.is_empty() {
                    with_findings.push((index, node));
                }
            }
        }
        with_findings.sort_by_key(|(index, _)| *index);
        with_findings.into_iter().map(|(_, node)| node).collect()
    }
}

#[cfg(test)]
mod tests;
