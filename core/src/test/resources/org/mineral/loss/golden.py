"""Makes golden.tsv: value and gradients of every loss on two rows, from the formulas of docs/reference/losses.md in plain
Python at 60 digits, with derivatives by central differences. Run: python3 golden.py > golden.tsv"""

from decimal import Decimal as D, getcontext

getcontext().prec = 60

ROWS = [
    # positives, candidates, weights, temperature
    ([0.9, 0.2], [0.5, -0.3], [1, 1], "0.15"),
    ([0.7, 0.95, -0.1], [0.6, 0.45, 0.12, -0.8, 0.0], [1, 0.5, 2, 1.5, 3], "0.2"),
]

exp, ln = lambda x: x.exp(), lambda x: x.ln()
mean = lambda xs: sum(xs) / len(xs)
softplus = lambda x: ln(1 + exp(x))
hinge = lambda x: max(D(0), x)
sg = lambda x: 1 / (1 + exp(-x))
d = lambda x: D(str(x))


def weighted(f, c, w):
    return sum(wj * f(cj) for cj, wj in zip(c, w))


def threshold(top, c, w):
    """The largest score that candidates of the weight reach."""
    reached = [b for b in c if sum(wj for cj, wj in zip(c, w) if cj >= b) >= top]
    return max(reached) if reached else min(c)


def losses(p, c, w, t, held_p, held_c):
    """Name and parameters to a function of the similarities; weights and thresholds are of those that are held constant."""
    m, n = len(c), len(p)
    z = lambda: weighted(exp, [x / t for x in c], w)
    s = [x / t for x in p]
    k = D("1.25") * n / m

    def debiased_infonce(r):
        g = max((z() / m - r * mean([exp(x) for x in s])) / (1 - r), exp(-1 / t))
        return mean([-x + ln(exp(x) + m * g) for x in s])

    def gbce(negatives, calibration):
        a = min(D(1), negatives / (m - 1))
        b = a * ((1 - 1 / a) * calibration + 1 / a)
        others = negatives * weighted(softplus, [y / t for y in c], w) / m
        return (b * mean([softplus(-x) for x in s]) + others) / (negatives + 1)

    def nce(k):
        q = D(1) / m  # the noise, of which k items are drawn for each positive
        odds = lambda score: q * exp(score) / (k * q)
        own = mean([-ln(odds(x) / (1 + odds(x))) for x in s])
        return own + k * q * weighted(lambda y: -ln(1 / (1 + odds(y / t))), c, w)

    def talos(top, power):
        b = threshold(top, held_c, w)
        return ln(weighted(lambda y: sg(y - b) ** power, c, w)) - power * mean([ln(sg(x - b)) for x in p])

    def top_softmax(top, width):
        b = threshold(top, held_c, w)
        v = [sg((x - b) / width) for x in held_p]
        return sum(vi * (ln(z()) - x) for vi, x in zip(v, s)) / sum(v)

    def drrl(top):
        b = threshold(top, held_c, w)
        above = sum(wj * (y - b) for y, held, wj in zip(c, held_c, w) if held > b)
        return mean([hinge(1 - x) for x in p]) + b + above / top

    def pairs(phi, x):
        return weighted(lambda y: phi(y / t - x), c, w)

    def psl(act, power):
        return mean([ln(weighted(lambda y: act((y - x) / 2) ** power, c, w)) for x in p])

    def chances(f):
        """The mean of f of the chance that a positive beats a candidate drawn by softmax."""
        beats = lambda x: weighted(lambda y: exp(y / t) * sg(x - y / t), c, w) / z()
        return mean([f(beats(x)) for x in s])

    def soft_mean(f):
        return weighted(lambda y: exp(y / t) * f(y / t), c, w) / z()

    def warp(margin):
        rank = lambda x: sum(wj for y, wj in zip(held_c, w) if y / t > x - margin)
        ranks = [rank(x / t) for x in held_p]
        return mean([ln(1 + r) / r * pairs(lambda q: hinge(q + margin), x) if r else D(0) for x, r in zip(s, ranks)])

    def pooled(sharpness, values):
        return -ln(mean([exp(-d(sharpness) * x) for x in values])) / d(sharpness)

    return {
        "bpr": mean([weighted(lambda y: softplus(y - x), [y / t for y in c], w) / m for x in s]),
        "softmax": mean([-x + ln(z()) for x in s]),
        "sampled-softmax": mean([-x + ln(exp(x) + z()) for x in s]),
        "sampled-softmax pooling=outside": -ln(sum(exp(x) / (exp(x) + z()) for x in s)),
        "infonce": mean([-x + ln(exp(x) + z()) for x in s]),
        "infonce+": mean([-x + d(1.1) * ln(z()) for x in s]),
        "infonce+ epsilon=0.5 lambda=1.3": mean([-x + d(1.3) * ln(d(0.5) * exp(x) + z()) for x in s]),
        "infonce+ epsilon=0.5 lambda=1.3 sharpness=0.4": pooled(
            0.4, [-x + d(1.3) * ln(d(0.5) * exp(x) + z()) for x in s]
        ),
        "dcl": mean([-x + ln(z()) for x in s]),
        "mine": mean([-x + ln(z() / m) for x in s]),
        "mine+": mean([-x + d(1.2) * ln(z() / m) for x in s]),
        "mine+ sharpness=0.15": pooled(0.15, [-x + d(1.2) * ln(z() / m) for x in s]),
        "ccl margin=0.4 negative_weight=150": mean([hinge(1 - x) for x in p])
        + 150 * weighted(lambda y: hinge(y - d(0.4)), c, w) / m,
        "mse negative_weight=100": mean([(1 - x) ** 2 for x in p]) + 100 * weighted(lambda y: y * y, c, w) / m,
        "bce negative_weight=10": mean([softplus(-x) for x in s]) + 10 * weighted(softplus, [y / t for y in c], w) / m,
        "debiased-infonce positive_rate=0.005": debiased_infonce(d(0.005)),
        "debiased-infonce positive_rate=0.9": debiased_infonce(d(0.9)),
        "debiased-ccl margin=0.1 negative_weight=0.2": k * mean([hinge(1 - x) for x in p])
        + d(0.2) * (weighted(lambda y: hinge(y - d(0.1)), c, w) / m - k * mean([hinge(x - d(0.1)) for x in p])),
        "sigmoid-softmax power=9": mean([ln(weighted(lambda y: sg(y) ** 9, c, w)) - 9 * ln(sg(x)) for x in p]),
        "talos top=2 power=9": talos(2, 9),
        "sl@k top=2 width=0.5": top_softmax(2, d(0.5)),
        "drrl top=2": drrl(2),
        "psl power=8": psl(lambda q: 2 * sg(2 * q), 8),
        "psl activation=relu power=8": psl(lambda q: hinge(1 + q), 8),
        "bpr-max score_penalty=0.3": chances(lambda x: -ln(x)) + d(0.3) * soft_mean(lambda y: y * y),
        "top1-max": chances(lambda x: 1 - x) + soft_mean(lambda y: sg(y * y)),
        "warp margin=0.7": warp(d(0.7)),
        "bsl ratio=1.25": -d(1.25) * ln(mean([exp(x / d(1.25)) for x in s])) + ln(z() / m),
        "corrected-softmax": mean([-x + ln(exp(x) + z()) for x in s]),
        "gbce negatives=0.7 calibration=0.6": gbce(d(0.7), d(0.6)),
        "nce negatives=7": nce(D(7)),
        "debiased-mse negative_weight=0.3": k * mean([(1 - x) ** 2 for x in p])
        + d(0.3) * (weighted(lambda y: y * y, c, w) / m - k * mean([x * x for x in p])),
    }


def derivatives(name, p, c, w, t):
    h = D("1e-25")
    held = list(p), list(c)
    for row in (p, c):
        for i in range(len(row)):
            x = row[i]
            row[i] = x + h
            up = losses(p, c, w, t, *held)[name]
            row[i] = x - h
            down = losses(p, c, w, t, *held)[name]
            row[i] = x
            yield (up - down) / (2 * h)


text = lambda xs: ",".join("%.15g" % x for x in xs)
for number, (p, c, w, t) in enumerate(ROWS):
    args = [d(x) for x in p], [d(x) for x in c], [d(x) for x in w], d(t)
    for name, value in losses(*args, args[0], args[1]).items():
        g = list(derivatives(name, *args))
        print("\t".join([name, t, text(p), text(c), text(w), "%.15g" % value, text(g[: len(p)]), text(g[len(p) :])]))
