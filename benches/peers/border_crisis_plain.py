"""The border crisis of scenarios/border-crisis.toml in plain Python, as an analyst writes it.

One trial at a time, with only the random module. The base world, nobody looks ahead. Prints one line of JSON for trials without a policy; see README.md.
"""

import argparse
import json
import math
import random
import time
from bisect import bisect_right
from statistics import NormalDist

STEPS = 12
ELECTION = 5
NEVER = -100
NORMAL = NormalDist()
Z_95 = NORMAL.inv_cdf(0.95)
RHO = 2 * math.sin(math.pi * 0.4 / 6)  # normal correlation for a rank correlation of 0.4


def beta_table(a, b, points=2001):
    """Points x and the beta(a, b) CDF there, for whole a and b."""
    n = a + b - 1
    xs = [i / (points - 1) for i in range(points)]
    return xs, [
        sum(math.comb(n, j) * x**j * (1 - x) ** (n - j) for j in range(a, n + 1)) for x in xs
    ]


def inverse(table, u):
    """The quantile of u, linear between the points of a table."""
    xs, cdf = table
    i = min(max(bisect_right(cdf, u), 1), len(xs) - 1)
    return xs[i - 1] + (u - cdf[i - 1]) / (cdf[i] - cdf[i - 1]) * (xs[i] - xs[i - 1])


COST_OF_WAR = beta_table(4, 3)
PERT = beta_table(3, 3)  # pert(0.4, 0.65, 0.9) is 0.4 + 0.5 * beta(3, 3)


def lo_to_hi(rng, low, high):
    """A lognormal number with 90 % between low and high."""
    mu = (math.log(low) + math.log(high)) / 2
    sigma = (math.log(high) - math.log(low)) / (2 * Z_95)
    return math.exp(rng.gauss(mu, sigma))


def clamp(x):
    return min(max(x, 0.0), 1.0)


def utility_a(share, tension, war):
    calm = max(0.0, 1 - abs(tension - 0.2) / 0.8)
    return (4 * share + (0 if war else 1) + calm) / 6


def utility_b(share, tension, cost_of_war):
    """B's utility in peace; without looking ahead it never evaluates a war."""
    peace = 8 * cost_of_war
    calm = max(0.0, 1 - abs(tension - 0.1) / 0.9)
    plain = (3 * (1 - share) + peace + 2 * calm) / (5 + peace)
    return (1 - math.exp(-plain)) / (1 - math.exp(-1))


def sigmoid(x):
    return 1 / (1 + math.exp(-x))


def choose(rng, rationality, values):
    """The index of an option, with chances proportional to exp(rationality * value)."""
    best = max(values)
    weights = [math.exp(rationality * (value - best)) for value in values]
    pick = rng.random() * sum(weights)
    for index, weight in enumerate(weights):
        pick -= weight
        if pick < 0:
            return index
    return len(values) - 1


def trial(rng):
    """Plays one trial; returns its outcome and tension, share and trade at the end."""
    z_cost = rng.gauss(0, 1)
    z_wins = RHO * z_cost + math.sqrt(1 - RHO**2) * rng.gauss(0, 1)
    cost_of_war = inverse(COST_OF_WAR, NORMAL.cdf(z_cost))
    p_a_wins = 0.4 + 0.5 * inverse(PERT, NORMAL.cdf(z_wins))
    return play(rng, cost_of_war, lo_to_hi(rng, 0.2, 0.5), p_a_wins)


def play(rng, cost_of_war, sanctions_bite, p_a_wins, policy="none"):
    """Plays one trial with these assumptions under a policy."""
    rationality_a = lo_to_hi(rng, 20, 60)
    rationality_b = lo_to_hi(rng, 20, 60)

    tension, share, phase = 0.5, 0.5, "standoff"
    threatened = proposed = mobilised = stood_down = NEVER
    called_off = offered = False

    for step in range(STEPS):
        if step == ELECTION:
            tension *= 0.9

        chance = 0.1 + 0.3 * tension
        if rng.random() < 1 - (1 - chance) ** (1 / STEPS):
            tension = clamp(tension + 0.15)

        # A threatens, attacks or holds.
        options, values = ["hold"], [utility_a(share, tension, False)]
        if phase == "standoff" and policy != "restraint":
            options.append("threaten")
            after = utility_a(clamp(share + 0.03), clamp(tension + 0.1), False)
            values.append(after - 0.005)
        if tension > 0.6:
            options.append("attack")
            wins, loses = utility_a(1, tension, True), utility_a(0, tension, True)
            values.append(p_a_wins * wins + (1 - p_a_wins) * loses)
        if len(options) > 1:
            chosen = options[choose(rng, rationality_a, values)]
            if chosen == "threaten":
                tension, share = clamp(tension + 0.1), clamp(share + 0.03)
                threatened = step
            elif chosen == "attack":
                share = 1.0 if rng.random() < p_a_wins else 0.0
                return "war", tension, share, 10 * 0.4 * (1 - sanctions_bite)

        # A may propose a split, and B votes.
        if phase == "standoff" and step - proposed >= 3:
            cooler, warmer = clamp(tension - 0.1), clamp(tension + 0.05)
            stake = utility_b(0.55, cooler, cost_of_war) - utility_b(share, warmer, cost_of_war)
            yes = sigmoid(rationality_b * stake)
            hold = utility_a(share, tension, False)
            hope = yes * utility_a(0.55, cooler, False) + (1 - yes) * utility_a(share, warmer, False)
            forced = policy == "early_offer" and step <= 2 and not offered
            if forced or choose(rng, rationality_a, [hold, hope - 0.005]) == 1:
                proposed, offered = step, True
                if rng.random() < yes:
                    phase, share, tension = "talks", 0.55, cooler
                else:
                    tension = warmer

        # B answers.
        options, values = ["hold"], [0.0]
        if phase == "standoff" and step - threatened < 2 and step - mobilised >= 3:
            options.append("mobilise")
            after = utility_b(clamp(share - 0.02), clamp(tension + 0.08), cost_of_war)
            values.append(after - 0.01)
        if tension > 0.3 and step - stood_down >= 2:
            options.append("stand down")
            after = utility_b(clamp(share + 0.02), clamp(tension - 0.1), cost_of_war)
            values.append(after - 0.005)
        if phase == "talks" and step - proposed >= 2 and not called_off:
            options.append("call off talks")
            after = utility_b(clamp(share - 0.03), clamp(tension + 0.1), cost_of_war)
            values.append(after - 0.02)
        if len(options) > 1:
            values[0] = utility_b(share, tension, cost_of_war)
            chosen = options[choose(rng, rationality_b, values)]
            if chosen == "mobilise":
                tension, share = clamp(tension + 0.08), clamp(share - 0.02)
                mobilised = step
            elif chosen == "stand down":
                tension, share = clamp(tension - 0.1), clamp(share + 0.02)
                stood_down = step
            elif chosen == "call off talks":
                phase = "standoff"
                tension, share = clamp(tension + 0.1), clamp(share - 0.03)
                called_off = True

        tension = clamp(tension + 0.1 * (0.3 - tension) + rng.gauss(0, 0.02))

    trade = 10 * (1 - 0.6 * tension)
    if phase == "talks":
        return ("settlement" if tension < 0.5 else "uneasy_talks"), tension, share, trade
    return "standoff", tension, share, trade


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--trials", type=int, required=True)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()

    began = time.perf_counter()
    rng = random.Random(arguments.seed)
    outcomes = {"war": 0, "settlement": 0, "uneasy_talks": 0, "standoff": 0}
    sums = [0.0, 0.0, 0.0]
    for _ in range(arguments.trials):
        outcome, *final = trial(rng)
        outcomes[outcome] += 1
        sums = [a + b for a, b in zip(sums, final)]
    seconds = time.perf_counter() - began

    tension, share, trade = (total / arguments.trials for total in sums)
    print(
        json.dumps(
            {
                "trials": arguments.trials,
                "seconds": seconds,
                "outcomes": outcomes,
                "tension": tension,
                "share": share,
                "trade": trade,
            }
        )
    )


if __name__ == "__main__":
    main()
