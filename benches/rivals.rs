//! scratch
#![allow(clippy::disallowed_methods)]
mod handwritten;
fn main() {
    let n: u64 = std::env::args().nth(1).unwrap().parse().unwrap();
    let f: u64 = std::env::args().nth(2).unwrap().parse().unwrap();
    for rep in 0..3 {
    let t = std::time::Instant::now();
    let tally = if f == 0 { handwritten::run::<0>(n, 1) } else { handwritten::run::<2>(n, 1) };
    let s = t.elapsed().as_secs_f64();
    if rep == 0 { println!("{tally:?}"); }
    println!("{} trials/s, {:.1} ns", n as f64 / s, s / n as f64 * 1e9);
    }
}
