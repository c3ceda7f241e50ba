//! The Nash bargaining solution, by weight.

use super::{Settlement, Wish, between};

/// The x that maximises Σ g ln(u(x) − u(q)) among all at which every party with a weight strictly gains,
/// where u(x) is 1 less the distance of x from the party's position in parts of the range, and q is what they
/// have now (Nash 1950; with weights Kalai 1977). The parties are in the order of their positions.
///
/// Only those with a weight count. If they do not all want to move to the same side, or one has what it
/// wants, nobody can gain without a loss to another. Else let d be the distances of their
/// positions from q, and y that of x. A party gains y where y ≤ d, and 2d − y beyond, in parts of the range,
/// which leaves the maximum where it is. The sum is concave in y, with the slope
///
/// h(y) = (Σ of g with d > y) / y − Σ of g / (2d − y) with d < y,
///
/// so its maximum is the kink at some d, where the slope changes sign, or the zero of h between
/// two of them, which is found by halving until no double lies between. No logarithm is taken.
pub(super) fn nash(parties: &[Wish], now: f64) -> Settlement {
    let counted = || parties.iter().filter(|party| party.weight > 0.0);
    let up = counted().all(|party| party.position > now);
    let down = counted().all(|party| party.position < now);
    if !up && !down {
        return Settlement::NoDeal;
    }
    let best = if up {
        nearest_first(&counted, now, 1.0)
    } else {
        nearest_first(&|| counted().rev(), now, -1.0)
    };
    Settlement::At(between(best, parties))
}

/// The solution for parties in the order of their distances from `now`, to one side of it.
fn nearest_first<'p, I>(parties: &impl Fn() -> I, now: f64, side: f64) -> f64
where
    I: Iterator<Item = &'p Wish>,
{
    let distance = |party: &Wish| side * (party.position - now);
    let mut nearest = f64::NAN;
    let mut before = 0.0;
    for party in parties() {
        let d = distance(party);
        if nearest.is_nan() {
            nearest = d;
        } else if d == before {
            continue;
        }
        // Nobody gains more than twice as far as the nearest wants to go.
        let far = d >= 2.0 * nearest;
        if far || (d > nearest && slope(parties(), &distance, d, Approach::Before) <= 0.0) {
            let behind = if far { 2.0 * nearest } else { d };
            let y = zero(before, behind, |y| slope(parties(), &distance, y, Approach::Behind));
            return now + side * y;
        }
        if slope(parties(), &distance, d, Approach::Behind) <= 0.0 {
            return party.position;
        }
        before = d;
    }
    f64::NAN
}

/// From which side a slope is looked at where it jumps.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Approach {
    Before,
    Behind,
}

/// The slope h at a distance y.
fn slope<'p>(
    parties: impl Iterator<Item = &'p Wish>,
    distance: &impl Fn(&Wish) -> f64,
    y: f64,
    side: Approach,
) -> f64 {
    let (mut above, mut below) = (0.0, 0.0);
    for party in parties {
        let d = distance(party);
        if d > y || (d == y && side == Approach::Before) {
            above += party.weight;
        } else {
            below += party.weight / (2.0 * d - y);
        }
    }
    above / y - below
}

/// The zero of a falling function between two numbers, by halving.
fn zero(mut low: f64, mut high: f64, of: impl Fn(f64) -> f64) -> f64 {
    loop {
        let middle = low + 0.5 * (high - low);
        if !(low < middle && middle < high) {
            return low;
        }
        if of(middle) > 0.0 {
            low = middle;
        } else {
            high = middle;
        }
    }
}
