//! A question asked of scenario files, from reading them to the run folder: what the command line and
//! other front ends, such as the Python package, share.
//!
//! [`asked_files`] reads the files, [`settle`] completes the question for them, and a
//! [`SettledInquiry`] plays. What comes of it is an [`AnsweredInquiry`]: tables, charts, page and words, which
//! can be shown as they are or written into a run folder. Several machines can each [`play_shard`], and
//! [`join_shards`] has the same answer. Nothing here prints, reads the clock or
//! listens to signals: whoever asks does that. What goes wrong is an [`InquiryError`].

mod answer_json;
mod answered;
mod asked_files;
mod contents;
mod drawn;
mod error;
mod join;
mod kept;
mod known_parts;
mod last_saved;
mod mistake_record;
mod points;
mod price;
mod resources;
mod scenario_text;
mod settled;
mod shard;
mod shard_keeper;
mod sound;

pub use answer_json::answer_json;
pub use answered::{AnsweredInquiry, AnsweredQuestion, Printed, open};
pub use asked_files::{AskedFiles, GivenFile, asked_files};
pub use contents::{SAMPLE, contents, decisiveness, sample};
pub use drawn::drawn;
pub use error::InquiryError;
pub use join::{JoinedShards, join_shards};
pub use kept::Kept;
pub use known_parts::KnownParts;
pub(crate) use known_parts::PartsByStage;
pub use last_saved::LastSaved;
pub use mistake_record::{MistakeRecord, mistake_records};
pub use points::{ChosenPoint, PointsAsked, PointsPlayed};
pub use price::{Meter, Price};
pub use resources::Resources;
pub use scenario_text::ScenarioText;
pub use settled::{SettledInquiry, SettledQuestion, settle};
pub(crate) use shard::cannot;
pub use shard::{PlayedShard, can_be_sharded, play_shard, shard_work};
pub use sound::sound;

pub use crate::verbs::terminal::set_width;
