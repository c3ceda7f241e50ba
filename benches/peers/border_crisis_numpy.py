"""The border crisis of scenarios/border-crisis.toml in NumPy, vectorised over chunks of trials.

The base world, no policy, nobody looks ahead; float64, one generator, one thread. Prints one line of
JSON; see README.md.

What depends only on a trial's assumptions is computed once per trial. Exponentials, which are the
most expensive, are computed only for the trials that need them. Chunks are small enough for the columns
to stay in the cache. Trials at war stay among the others and play on without being counted: they are
few, and removing them costs more.
"""

import os

for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import argparse
import json
import math
import time
from statistics import NormalDist

import numpy as np

STEPS = 12
ELECTION = 5
NEVER = -100
CHUNK = 16_384
Z_95 = NormalDist().inv_cdf(0.95)
RHO = 2 * math.sin(math.pi * 0.4 / 6)  # normal correlation for a rank correlation of 0.4
UTMOST = 1 - 0.6 ** (1 / STEPS)  # the chance of an incident at tension 1
B_CALM = 2 / 0.9
OUTCOMES = ("war", "settlement", "uneasy_talks", "standoff")


class BetaOfNormal:
    """The beta(a, b) number for a normal number, whole a and b: linear between 2,001 points.

    The error is below 1e-6.
    """

    REACH = 6.0
    CELLS = 2000

    def __init__(self, a, b):
        n = a + b - 1
        xs = np.linspace(0, 1, 20_001)
        cdf = sum(math.comb(n, j) * xs**j * (1 - xs) ** (n - j) for j in range(a, n + 1))
        zs = np.linspace(-self.REACH, self.REACH, self.CELLS + 1)
        shares = np.array([NormalDist().cdf(z) for z in zs])
        self.values = np.interp(shares, cdf, xs)

    def __call__(self, z):
        x = np.clip((z + self.REACH) * (self.CELLS / (2 * self.REACH)), 0, self.CELLS - 1e-6)
        cell = x.astype(np.intp)
        below = self.values[cell]
        return below + (x - cell) * (self.values[cell + 1] - below)


COST_OF_WAR = BetaOfNormal(4, 3)
PERT = BetaOfNormal(3, 3)  # pert(0.4, 0.65, 0.9) is 0.4 + 0.5 * beta(3, 3)


def lo_to_hi(rng, low, high, n):
    """Lognormal numbers with 90 % between low and high."""
    mu = (math.log(low) + math.log(high)) / 2
    sigma = (math.log(high) - math.log(low)) / (2 * Z_95)
    return np.exp(mu + sigma * rng.standard_normal(n))


def worth_a(share, tension):
    """A's utility in peace times 6, minus the part for peace."""
    return 4 * share + (1 - 1.25 * np.abs(tension - 0.2))


class Chunk:
    """The trials of a chunk, a column for each thing."""

    def __init__(self, rng, n):
        self.rng, self.n = rng, n
        z_cost = rng.standard_normal(n)
        self.p_a_wins = 0.4 + 0.5 * PERT(
            RHO * z_cost + math.sqrt(1 - RHO**2) * rng.standard_normal(n)
        )
        self.per_weight = 1 / (5 + 8 * COST_OF_WAR(z_cost))
        rationality_a = lo_to_hi(rng, 20, 60, n)
        rationality_b = lo_to_hi(rng, 20, 60, n)
        self.a = rationality_a / 6
        self.a_cost = 0.005 * rationality_a
        odds = np.exp(self.a * (4 * 0.03 - 1.25 * 0.1) - self.a_cost)
        self.threat_odds, self.threat = odds, odds / (1 + odds)
        # B's utility after risk aversion is (e - dismay) / (e - 1) with dismay = exp(unease). Away from
        # kinks and ends an answer changes unease by a constant of the trial.
        self.b = rationality_b / (math.e - 1)
        self.pulls = {
            name: (
                -self.b * np.expm1(self.per_weight * (3 * share + B_CALM * tension)),
                cost * rationality_b,
                share,
                tension,
            )
            for name, share, tension, cost in (
                ("mobilise", -0.02, 0.08, 0.01),
                ("stand_down", 0.02, -0.1, 0.005),
                ("call_off", -0.03, 0.1, 0.02),
            )
        }
        self.tension = np.full(n, 0.5)
        self.share = np.full(n, 0.5)
        self.standoff = np.ones(n, bool)
        self.talks = np.zeros(n, bool)
        self.called_off = np.zeros(n, bool)
        self.threatened = np.full(n, NEVER, np.int16)
        self.proposed = np.full(n, NEVER, np.int16)
        self.mobilised = np.full(n, NEVER, np.int16)
        self.stood_down = np.full(n, NEVER, np.int16)
        self.wars = []

    def play(self):
        for step in range(STEPS):
            if step == ELECTION:
                self.tension *= 0.9
            self.incident()
            self.threaten_or_attack(step)
            self.propose(step)
            self.answer(step)
            noise = self.rng.standard_normal(self.n)
            noise *= 0.02
            self.tension *= 0.9
            self.tension += 0.03
            self.tension += noise
            np.clip(self.tension, 0, 1, out=self.tension)

    def incident(self):
        u = self.rng.random(self.n)
        at = np.flatnonzero(u < UTMOST)
        tension = self.tension[at]
        fires = (1 - u[at]) ** STEPS > 0.9 - 0.3 * tension
        self.tension[at] = np.where(fires, np.minimum(tension + 0.15, 1), tension)

    def threaten_or_attack(self, step):
        u = self.rng.random(self.n)
        share, tension = self.share, self.tension
        threat = np.where(self.standoff, self.threat, 0)
        unusual = self.standoff & ((tension < 0.2) | (tension > 0.9) | (share > 0.97))
        at = np.flatnonzero(unusual)
        odds = self.full_threat_odds(at)
        threat[at] = odds / (1 + odds)
        threatens = u < threat

        # Trials at war are in neither phase.
        brink = np.flatnonzero((tension > 0.6) & (self.standoff | self.talks))
        if brink.size:
            threat = np.where(self.standoff[brink], self.threat_odds[brink], 0)
            odd = np.flatnonzero(unusual[brink])
            threat[odd] = self.full_threat_odds(brink[odd])
            wins = self.p_a_wins[brink]
            attack = np.exp(self.a[brink] * (4 * (wins - share[brink]) - 1))
            pick = u[brink] * (1 + threat + attack)
            threatens[brink] = (pick >= attack) & (pick < attack + threat)
            self.fight(brink[pick < attack])

        at = np.flatnonzero(threatens)
        tension[at] = np.minimum(tension[at] + 0.1, 1)
        share[at] = np.minimum(share[at] + 0.03, 1)
        self.threatened[at] = step

    def full_threat_odds(self, at):
        share, tension = self.share[at], self.tension[at]
        after = worth_a(np.minimum(share + 0.03, 1), np.minimum(tension + 0.1, 1))
        return np.exp(self.a[at] * (after - worth_a(share, tension)) - self.a_cost[at])

    def fight(self, at):
        """War ends these trials."""
        if not at.size:
            return
        share = (self.rng.random(at.size) < self.p_a_wins[at]).astype(float)
        trade = 10 * 0.4 * (1 - lo_to_hi(self.rng, 0.2, 0.5, at.size))
        self.wars.append((at.size, self.tension[at].sum(), share.sum(), trade.sum()))
        self.standoff[at] = False
        self.talks[at] = False

    def propose(self, step):
        at = np.flatnonzero(self.standoff & (self.proposed <= step - 3))
        if not at.size:
            return
        share, tension, per_weight = self.share[at], self.tension[at], self.per_weight[at]
        cooler, warmer = np.maximum(tension - 0.1, 0), np.minimum(tension + 0.05, 1)
        refused = np.exp(per_weight * (3 * share + B_CALM * np.abs(warmer - 0.1)))
        agreed = np.exp(per_weight * (3 * 0.55 + B_CALM * np.abs(cooler - 0.1)))
        yes = 1 / (1 + np.exp(self.b[at] * (agreed - refused)))
        if_refused = worth_a(share, warmer)
        hope = if_refused + yes * (worth_a(0.55, cooler) - if_refused)
        odds = np.exp(self.a[at] * (hope - worth_a(share, tension)) - self.a_cost[at])
        u = self.rng.random((2, at.size))
        proposes = u[0] * (1 + odds) < odds
        agrees = proposes & (u[1] < yes)
        made = at[proposes]
        self.proposed[made] = step
        self.tension[made] = warmer[proposes]
        settled = at[agrees]
        self.tension[settled] = cooler[agrees]
        self.share[settled] = 0.55
        self.talks[settled] = True
        self.standoff[settled] = False

    def answer(self, step):
        mobilise = self.standoff & (self.threatened > step - 2) & (self.mobilised <= step - 3)
        call_off = self.talks & (self.proposed <= step - 2) & ~self.called_off
        down = (self.tension > 0.3) & (self.stood_down <= step - 2)
        at = np.flatnonzero(mobilise | call_off | down)
        if not at.size:
            return
        share, tension = self.share[at], self.tension[at]
        dismay = np.exp(self.per_weight[at] * (3 * share + B_CALM * np.abs(tension - 0.1)))
        usual = (tension >= 0.1) & (tension <= 0.9) & (share >= 0.03) & (share <= 0.98)
        other = np.zeros(at.size)
        for name, open_ in (("mobilise", mobilise), ("call_off", call_off)):
            which = np.flatnonzero(open_[at])
            other[which] = self.odds(name, at, which, dismay, usual)
        down_odds = np.zeros(at.size)
        which = np.flatnonzero(down[at])
        down_odds[which] = self.odds("stand_down", at, which, dismay, usual)

        pick = self.rng.random(at.size) * (1 + other + down_odds) - 1
        moves = pick >= 0
        otherwise = moves & (pick < other)
        for name, who in (
            ("mobilise", otherwise & mobilise[at]),
            ("call_off", otherwise & call_off[at]),
            ("stand_down", moves & ~otherwise),
        ):
            _, _, by_share, by_tension = self.pulls[name]
            who = at[who]
            self.share[who] = np.clip(self.share[who] + by_share, 0, 1)
            self.tension[who] = np.clip(self.tension[who] + by_tension, 0, 1)
            if name == "mobilise":
                self.mobilised[who] = step
            elif name == "stand_down":
                self.stood_down[who] = step
            else:
                self.called_off[who] = True
                self.talks[who] = False
                self.standoff[who] = True

    def odds(self, name, at, which, dismay, usual):
        """The odds of an answer against holding, for those of `at` that `which` points to."""
        gain, cost, by_share, by_tension = self.pulls[name]
        trials = at[which]
        gained = gain[trials] * dismay[which]
        odd = np.flatnonzero(~usual[which])
        if odd.size:
            who = trials[odd]
            share = np.clip(self.share[who] + by_share, 0, 1)
            tension = np.clip(self.tension[who] + by_tension, 0, 1)
            after = np.exp(self.per_weight[who] * (3 * share + B_CALM * np.abs(tension - 0.1)))
            gained[odd] = self.b[who] * (dismay[which[odd]] - after)
        return np.exp(gained - cost[trials])

    def totals(self):
        """Counts of the outcomes, then the sums of tension, share and trade at the end."""
        calm = self.talks & (self.tension < 0.5)
        peace = self.standoff | self.talks
        tension = self.tension[peace]
        totals = np.array(
            [
                0,
                calm.sum(),
                (self.talks & ~calm).sum(),
                self.standoff.sum(),
                tension.sum(),
                self.share[peace].sum(),
                (10 - 6 * tension).sum(),
            ]
        )
        for count, *sums in self.wars:
            totals += [count, 0, 0, 0, *sums]
        return totals


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--trials", type=int, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--chunk", type=int, default=CHUNK, help="trials side by side")
    arguments = parser.parse_args()

    began = time.perf_counter()
    rng = np.random.Generator(np.random.SFC64(arguments.seed))
    totals = np.zeros(7)
    for first in range(0, arguments.trials, arguments.chunk):
        chunk = Chunk(rng, min(arguments.chunk, arguments.trials - first))
        chunk.play()
        totals += chunk.totals()
    seconds = time.perf_counter() - began

    tension, share, trade = totals[4:] / arguments.trials
    print(
        json.dumps(
            {
                "trials": arguments.trials,
                "seconds": seconds,
                "outcomes": {name: int(n) for name, n in zip(OUTCOMES, totals)},
                "tension": tension,
                "share": share,
                "trade": trade,
            }
        )
    )


if __name__ == "__main__":
    main()
