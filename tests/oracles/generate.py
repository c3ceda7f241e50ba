"""Writes kernels.csv (functions) and quantiles.json (inverse CDFs) with mpmath.

kernels.csv: function, x, y, nearest double (all as hexadecimal bits), and the
difference between the exact value and that double, in units in the last place.
Usage: python generate.py [cases per function] [kernels.csv]
"""
import json, math, random, struct, sys
from mpmath import mp, mpf
import mpmath as m

mp.prec = 400
random.seed(20261123)
N = int(sys.argv[1]) if len(sys.argv) > 1 else 250
OUT = sys.argv[2] if len(sys.argv) > 2 else "kernels.csv"

def bits(x): return "%016x" % struct.unpack("<Q", struct.pack("<d", x))[0]
def double(b): return struct.unpack("<d", struct.pack("<Q", b))[0]
def nearest(v):
    if v == 0: return 0.0
    e = max(int(m.floor(m.log(abs(v), 2))), -1022)
    q = m.nint(m.ldexp(v, 52 - e))
    if abs(v) >= m.ldexp(mpf(2) - m.ldexp(1, -53), 1023): return math.copysign(math.inf, v)
    return float(m.ldexp(q, e - 52))
def anywhere(lo, hi):
    """A double with a uniformly drawn bit pattern between two positive doubles."""
    a, b = (struct.unpack("<Q", struct.pack("<d", v))[0] for v in (lo, hi))
    return double(random.randint(a, b))
def sign(): return random.choice((-1.0, 1.0))
def pick(*makers): return random.choice(makers)()

U = random.uniform
unary = {
    "exp": (m.exp, lambda: pick(lambda: U(-745, 709.7), lambda: U(-2, 2), lambda: sign() * anywhere(1e-20, 700.0))),
    "exp_m1": (m.expm1, lambda: pick(lambda: U(-40, 709.7), lambda: U(-2, 2), lambda: sign() * anywhere(1e-20, 30.0))),
    "ln": (m.log, lambda: pick(lambda: U(0.5, 2), lambda: anywhere(5e-324, 1.7e308), lambda: 1 + sign() * anywhere(1e-15, 1e-2))),
    "ln_1p": (m.log1p, lambda: pick(lambda: U(-1, 2), lambda: anywhere(1e-20, 1e300), lambda: -anywhere(1e-20, 0.999999))),
    "sin": (m.sin, lambda: pick(lambda: U(-10, 10), lambda: sign() * anywhere(1e-9, 2.0**20), lambda: sign() * anywhere(1e6, 1.7e308),
                                lambda: float(random.randint(1, 600000) * m.pi / 2))),
    "cos": (m.cos, lambda: pick(lambda: U(-10, 10), lambda: sign() * anywhere(1e-9, 2.0**20), lambda: sign() * anywhere(1e6, 1.7e308),
                                lambda: float(random.randint(1, 600000) * m.pi / 2))),
    "sigmoid": (lambda v: 1 / (1 + m.exp(-v)), lambda: pick(lambda: U(-708, 40), lambda: U(-5, 5), lambda: sign() * anywhere(1e-10, 30.0))),
    "normal_cdf": (m.ncdf, lambda: pick(lambda: U(-37, 8), lambda: U(-3, 3))),
    "normal_quantile": (None, lambda: pick(lambda: U(0, 1), lambda: anywhere(1e-300, 0.1), lambda: 1 - anywhere(1e-16, 0.1))),
    "ln_gamma": (m.loggamma, lambda: pick(lambda: U(0.05, 1), lambda: U(2.5, 50), lambda: anywhere(5.0, 1e8))),
}
def probit(p):
    p = mpf(p)
    q = min(p, 1 - p)
    t = m.sqrt(-2 * m.log(q))
    z = -(t - m.log(2 * m.pi) / (2 * t) if t > 2 else (mpf(0.5) - q) * m.sqrt(2 * m.pi))
    for _ in range(60):
        f = m.ncdf(z); d = m.npdf(z)
        step = m.log(f / q) * f / d
        z -= step
        if abs(step) < mpf(10) ** -60: break
    return z if p < 0.5 else -z
def power():
    while True:
        x, y = pick(lambda: (U(0, 10), U(-20, 20)), lambda: (anywhere(5e-324, 1e308), U(-3, 3)),
                    lambda: (1 + U(-1e-3, 1e-3), U(-5e5, 5e5)), lambda: (U(0.7, 1.42), U(-2000, 2000)),
                    lambda: (-U(0, 10), float(random.randint(-40, 40))))
        if x == 0: continue
        v = mpf(abs(x)) ** mpf(y)
        if mpf(2) ** -1070 < v < mpf(2) ** 1023.9:
            return x, y, v * (-1 if x < 0 and y % 2 == 1 else 1)
rows = []
def add(name, x, y, v):
    hi = nearest(v)
    ulp = math.ulp(hi)
    rows.append(f"{name},{bits(x)},{bits(y)},{bits(hi)},{float((v - mpf(hi)) / mpf(ulp)):.3f}")
for name, (f, make) in unary.items():
    mp.prec = 1300 if name in ("sin", "cos") else 400
    count = N if name != "normal_quantile" else min(N, 1500)
    for _ in range(count):
        x = make()
        if name == "normal_quantile":
            mp.prec = 260
            if x in (0.0, 0.5, 1.0): continue
            add(name, x, 0.0, probit(x))
        else:
            if name == "normal_cdf": mp.prec = 1300
            add(name, x, 0.0, f(mpf(x)))
mp.prec = 400
for _ in range(2 * N): add("pow", *power())
# The double nearest to a multiple of pi/2 relative to its size (Muller 2006, Elementary Functions).
mp.prec = 1300
hard = float(mpf(6381956970095103) * mpf(2) ** 797)
add("sin", hard, 0.0, m.sin(mpf(hard))); add("cos", hard, 0.0, m.cos(mpf(hard)))
# Uniform numbers as the generator of random numbers gives them, whole and a half times 2^-52, and others near both ends.
mp.prec = 400
def grid(): return (random.getrandbits(52) + 0.5) * 2.0**-52
ends = [2.0**-53, 1.5 * 2.0**-52, 2.0**-63, 0.5, 1 - 1.5 * 2.0**-52, 1 - 2.0**-53]
for x in ends + [pick(grid, lambda: anywhere(2.0**-63, 0.5), lambda: 1 - anywhere(2.0**-53, 0.5)) for _ in range(2 * N)]:
    add("gumbel_quantile", x, 0.0, -m.log(-m.log(mpf(x))))
open(OUT, "w").write("\n".join(rows) + "\n")

# Quantiles, solved with 60 digits from the CDFs.
mp.prec = 200
def solve(u, lower, upper, lo, hi):
    """The quantile of u between lo and hi, both positive, by bisection of the logarithm, using the smaller tail."""
    f = (lambda x: lower(x) - u) if u <= 0.5 else (lambda x: (1 - u) - upper(x))
    a, b = m.log(lo), m.log(hi)
    for _ in range(120):
        c = (a + b) / 2
        if f(m.exp(c)) < 0: a = c
        else: b = c
    return m.exp((a + b) / 2)
def gamma_quantile(u, a):
    return solve(u, lambda x: m.gammainc(a, 0, x, regularized=True), lambda x: m.gammainc(a, x, m.inf, regularized=True),
                 mpf(10) ** -320, mpf(a) * 4 + 200)
def beta_share(a, b, x, complement):
    """The regularised incomplete beta function without quadrature: the series at the nearer end."""
    def series(a, b, x):
        return x**a * (1 - x)**b / a / m.beta(a, b) * m.hyp2f1(a + b, 1, a + 1, x)
    y = 1 - x
    if x < mpf(a + 1) / (a + b + 2):
        low = series(a, b, x); return 1 - low if complement else low
    high = series(b, a, y); return high if complement else 1 - high
def beta_quantile(u, a, b):
    # Solved for the odds, so that values near both 0 and 1 are resolved.
    odds = solve(u, lambda o: beta_share(a, b, o / (1 + o), False), lambda o: beta_share(a, b, o / (1 + o), True),
                 mpf(10) ** -330, mpf(10) ** 40)
    return odds / (1 + odds)

AT = [1e-10, 1e-5, 0.001, 0.05, 0.25, 0.5, 0.75, 0.95, 0.999, 1 - 1e-5, 1 - 1e-10]
cases = []
def case(formula, quantile, at=None):
    """A case at the shares AT, or at shares of its own; these as text, since many readers of JSON miss the nearest double."""
    values = []
    for u in at or AT:
        v = quantile(mpf(u))
        values.append(float(m.nstr(v, 20)))
    cases.append({"formula": formula, **({"quantile_at": [repr(u) for u in at]} if at else {}), "quantile": values})
for a in (0.05, 0.3, 1.0, 2.5, 9.0, 40.0, 300.0, 999.0, 1001.0, 10000.0):
    case(f"gamma({a}, 1)", lambda u: gamma_quantile(u, mpf(a)))
for a, b in ((0.05, 0.05), (0.05, 3.0), (0.05, 10000.0), (0.5, 0.5), (0.7, 20.0), (1.0, 3.0), (2.0, 4.0), (17.0, 2.5),
             (60.0, 200.0), (1000.0, 1000.0), (10000.0, 3.0), (10000.0, 10000.0)):
    case(f"beta({a}, {b})", lambda u: beta_quantile(u, mpf(a), mpf(b)))
def z(u): return probit(float(u)) if u != 0.5 else mpf(0)
for mean, sd in ((0.0, 1.0), (-3.0, 0.25), (1e6, 1e3)):
    case(f"normal({mean}, {sd})", lambda u: mpf(mean) + mpf(sd) * z(u))
for mu, sigma in ((0.0, 1.0), (2.0, 0.3)):
    case(f"lognormal({mu}, {sigma})", lambda u: m.exp(mpf(mu) + mpf(sigma) * z(u)))
z95 = m.sqrt(2) * m.erfinv(mpf(9) / 10)
for lo, hi in ((1.0, 100.0), (0.02, 0.03), (1e9, 3e12)):
    case(f"{lo} to {hi}", lambda u: m.exp((m.log(lo) + m.log(hi)) / 2 + z(u) * (m.log(hi) - m.log(lo)) / 2 / z95))
for rate in (0.1, 7.0):
    case(f"exponential({rate})", lambda u: -m.log(1 - u) / mpf(rate))
def triangular(u, a, c, b):
    return a + m.sqrt(u * (b - a) * (c - a)) if u < (c - a) / (b - a) else b - m.sqrt((1 - u) * (b - a) * (b - c))
for a, c, b in ((0.0, 0.0, 1.0), (2.0, 5.0, 6.0), (-1.0, 4.0, 4.0)):
    case(f"triangular({a}, {c}, {b})", lambda u: triangular(u, mpf(a), mpf(c), mpf(b)))
for a, c, b in ((0.0, 0.0, 1.0), (10.0, 12.0, 40.0)):
    case(f"pert({a}, {c}, {b})", lambda u: a + (b - a) * beta_quantile(u, 1 + 4 * mpf(c - a) / (b - a), 1 + 4 * mpf(b - c) / (b - a)))
for mean in (0.01, 0.5, 3.0, 12.5, 100.0, 5000.0, 1e6, 1e9):
    def count(u):
        t = probit(float(u)) if u != 0.5 else mpf(0)
        k = max(0, int(mean + t * m.sqrt(mean) + (t * t - 1) / 6))
        chance = lambda k: m.exp(k * m.log(mean) - mean - m.loggamma(k + 1))
        # The probability of at most k, summed downwards from k.
        share, term, i = mpf(0), chance(k), k
        while i >= 0 and term > share * mpf(10) ** -40:
            share += term
            term *= i / mpf(mean)
            i -= 1
        while share < u:
            k += 1
            share += chance(k)
        while k > 0 and share - chance(k) >= u:
            share -= chance(k)
            k -= 1
        return mpf(k)
    case(f"poisson({mean})", count)
for a, b in ((-1.0, 2.0), (0.1, 0.30000000000000004)):
    case(f"uniform({a}, {b})", lambda u: a + (mpf(b) - mpf(a)) * u)
for p in (0.3, 0.000001):
    case(f"bernoulli({p})", lambda u: mpf(1 if u > 1 - mpf(p) else 0))
def discrete(u, pairs):
    share = mpf(0)
    total = sum(mpf(weight) for _, weight in pairs)
    for value, weight in pairs:
        share += mpf(weight) / total
        if share > u: return mpf(value)
for pairs in (((5.0, 1.0), (-1.0, 2.0), (3.0, 1.5)), ((0.5, 0.0), (7.0, 3.0), (9.0, 1.0), (2.0, 0.0))):
    case("discrete(" + ", ".join(f"{v}, {w}" for v, w in pairs) + ")", lambda u: discrete(u, pairs))

# Student's t: the share of |t| above x is the incomplete beta function at nu / (nu + x^2), shapes nu/2 and 1/2.
STUDENT_AT = [1e-15, 1e-12, 1e-10, 1e-7, 1e-5, 0.001, 0.025, 0.05, 0.25, 0.4, 0.49, 0.499999, 0.5 - 2.0**-40, 0.5,
              0.5 + 2.0**-40, 0.51, 0.75, 0.95, 0.999, 1 - 2.0**-20, 1 - 2.0**-33, 1 - 2.0**-43, 1 - 2.0**-50]
def student(u, nu):
    if u == 0.5: return mpf(0)
    tail = min(u, 1 - u)
    def share(x, beyond):
        """The share within x of zero, or beyond; 200 bits leave enough of a difference from one."""
        near = x * x / (nu + x * x)
        if near < 0.5:
            a, b, end = mpf(1) / 2, nu / 2, near
        else:
            a, b, end = nu / 2, mpf(1) / 2, 1 / (1 + x * x / nu)
        part = end**a * (1 - end)**b / a / m.beta(a, b) * m.hyp2f1(a + b, 1, a + 1, end)
        return part if beyond == (near >= 0.5) else 1 - part
    # From 100 degrees of freedom on, even the outermost of these shares is within ten.
    most = mpf(10) ** 200 if nu < 100 else mpf(40)
    size = solve(1 - 2 * tail, lambda x: share(x, False), lambda x: share(x, True), mpf(10) ** -30, most)
    return -size if u < 0.5 else size
for nu in (0.1, 0.3, 0.5, 1.0, 1.5, 2.0, 3.0, 4.5, 10.0, 30.0, 250.0, 3000.0, 30000.0, 99999.0, 100000.0, 300000.0, 1000000.0):
    case(f"student_t({nu})", lambda u: student(u, mpf(nu)), STUDENT_AT)
json.dump({"source": "tests/oracles/generate.py: distribution functions of mpmath in 60 digits, solved by bisection",
           "quantile_at": AT, "cases": cases}, open("quantiles.json", "w"), indent=1)
