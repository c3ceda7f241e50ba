//! One binary for all integration tests. Closed forms are computed with the
//! platform's mathematical functions, which are independent of the project's own.
#![allow(clippy::disallowed_methods)]

mod accidents;
mod announcement;
mod beliefs;
mod carried_out;
mod chains;
mod charts;
mod command;
mod command_words;
mod compare;
mod correlation;
mod coupling;
mod docs;
mod drawn;
mod draws;
mod foresight;
mod generated;
mod goals;
mod house;
mod korea;
mod labels;
mod lanes;
mod levers;
mod mistakes;
mod nile_dam;
mod odd;
mod odds;
mod page;
mod play;
mod policies;
mod repeat;
mod robust;
mod round_trip;
mod sampling;
mod scenarios;
mod sensitivity;
mod settings;
mod sizes;
mod slips;
mod spreadsheets;
mod tables;
mod two_files;
mod uncertainty;
mod written;
