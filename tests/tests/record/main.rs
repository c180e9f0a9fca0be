//! Recordings: what stands in their files, what does not, and what is answered from them.

mod at_work;
mod folder;
mod lives;
mod matching;
mod scripted;
