"""Baselines in Python: implicit, EASE in NumPy and PyTorch on the CPU.

    baselines.py DIRECTORY THREADS

DIRECTORY has shape.json and little-endian arrays: offsets.i32 and columns.i32, the training interactions by user;
users.f32 and items.f32, the embeddings to start from. Each line of standard input asks for one thing, in JSON; each is
answered by one line of JSON on standard output. Times are taken here, around the work alone.
"""

import json
import sys
import time

import implicit.als
import implicit.bpr
import numpy as np
import scipy.sparse as sparse
import torch
import torch.nn.functional as F
from scipy.linalg import lapack
from threadpoolctl import threadpool_limits

DIRECTORY, THREADS = sys.argv[1], int(sys.argv[2])
# One thread for BLAS inside implicit's own threads, as its documentation asks for.
BLAS = threadpool_limits(1, "blas")
torch.set_num_threads(THREADS)

SHAPE = json.load(open(f"{DIRECTORY}/shape.json"))
OFFSETS = np.fromfile(f"{DIRECTORY}/offsets.i32", "<i4")
COLUMNS = np.fromfile(f"{DIRECTORY}/columns.i32", "<i4")
USERS, ITEMS = SHAPE["users"], SHAPE["items"]
TRAIN = sparse.csr_matrix((np.ones(len(COLUMNS), np.float32), COLUMNS, OFFSETS), (USERS, ITEMS))
COUNTS = np.diff(OFFSETS)
ACTIVE = np.flatnonzero(COUNTS)


def start(name):
    return torch.from_numpy(np.fromfile(f"{DIRECTORY}/{name}.f32", "<f4").reshape(-1, SHAPE["dimension"]))


class Tables:
    """Embeddings of both sides. Users get sparse gradients, items dense ones: a step touches nearly all of them."""

    def __init__(self, rate):
        self.users = torch.nn.Embedding.from_pretrained(start("users"), freeze=False, sparse=True)
        self.items = torch.nn.Parameter(start("items"))
        self.optimizers = [
            torch.optim.SparseAdam(self.users.parameters(), lr=rate),
            torch.optim.Adam([self.items], lr=rate, fused=True),
        ]

    def step(self, loss):
        loss.backward()
        for optimizer in self.optimizers:
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)


def log_sums(u, v, half):
    """log sum_j e^{s_j}; a cosine is at most 1, so no running maximum is needed."""
    if half:
        return (u.bfloat16() @ v.bfloat16().T).float().exp().sum(1).log()
    return (u @ v.T).exp().sum(1).log()


class Exact:
    """The objective of Mineral's exact epoch with mine+: blocks of users against all items."""

    def __init__(self, order):
        self.block, self.t, self.weight = order["block"], order["temperature"], order["lambda"]
        self.rate = order["rate"]
        self.half = "bf16" in order["way"]
        # What was compiled for other shapes would count against the limit of recompilations.
        torch._dynamo.reset()
        self.log_sums = torch.compile(log_sums, dynamic=False) if "compile" in order["way"] else log_sums
        self.tables = Tables(self.rate)
        self.random = np.random.default_rng(42)

    def loss(self, block, log_sums):
        counts = COUNTS[block]
        weights = torch.from_numpy((counts / COUNTS[ACTIVE].mean() / len(block)).astype(np.float32))
        rows = torch.from_numpy(np.concatenate([COLUMNS[OFFSETS[u] : OFFSETS[u + 1]] for u in block]))
        owners = torch.from_numpy(np.repeat(np.arange(len(block)), counts))
        shares = weights[owners] / torch.from_numpy(counts)[owners]
        u = F.normalize(self.tables.users(torch.from_numpy(block)), dim=1) / self.t
        v = F.normalize(self.tables.items, dim=1)
        negatives = log_sums(u, v, self.half) - float(np.log(ITEMS))
        positives = (F.embedding(owners, u) * F.embedding(rows, v)).sum(1)
        return self.weight * (weights * negatives).sum() - (shares * positives).sum()

    def run(self, order):
        users = self.random.permutation(ACTIVE)
        blocks = [users[k : k + self.block] for k in range(0, len(users), self.block)]
        blocks = blocks[: order.get("steps", len(blocks))]
        total, began = 0.0, time.perf_counter()
        for block in blocks:
            loss = self.loss(block, self.log_sums)
            self.tables.step(loss)
            total += loss.item() * len(block)
        seconds = time.perf_counter() - began
        return {"seconds": seconds, "steps": len(blocks), "loss": total / sum(map(len, blocks))}

    def objective(self):
        with torch.no_grad():
            blocks = [ACTIVE[k : k + self.block] for k in range(0, len(ACTIVE), self.block)]
            return {"loss": sum(self.loss(b, log_sums).item() * len(b) for b in blocks) / len(ACTIVE)}


class Usual:
    """Batches of interactions, fresh uniform negatives for each."""

    def __init__(self, order):
        self.batch, self.draws, self.t = order["batch"], order["draws"], order["temperature"]
        self.weight = order["lambda"]
        self.tables = Tables(order["rate"])
        self.user_of = torch.from_numpy(np.repeat(np.arange(USERS), COUNTS))
        self.columns = torch.from_numpy(COLUMNS)

    def run(self, order):
        began = time.perf_counter()
        for _ in range(order["steps"]):
            drawn = torch.randint(len(self.columns), (self.batch,))
            u = F.normalize(self.tables.users(self.user_of[drawn]), dim=1) / self.t
            v = F.normalize(self.tables.items, dim=1)
            positives = (u * F.embedding(self.columns[drawn], v)).sum(1)
            chosen = F.embedding(torch.randint(ITEMS, (self.batch, self.draws)), v)
            scores = torch.bmm(chosen, u.unsqueeze(2)).squeeze(2)
            self.tables.step((self.weight * scores.exp().mean(1).log() - positives).mean())
        return {"seconds": time.perf_counter() - began}


def factors(users, items):
    users.astype("<f4").tofile(f"{DIRECTORY}/their-users.f32")
    items.astype("<f4").tofile(f"{DIRECTORY}/their-items.f32")
    return {"columns": users.shape[1]}


def fit(order):
    kind = {"als": implicit.als.AlternatingLeastSquares, "bpr": implicit.bpr.BayesianPersonalizedRanking}
    model = kind[order["model"]](num_threads=THREADS, random_state=42, **order["settings"])
    began = time.perf_counter()
    model.fit(TRAIN, show_progress=False)
    seconds = time.perf_counter() - began
    return {"seconds": seconds} | factors(model.user_factors, model.item_factors)


def ease(order):
    """EASE, its inverse by Cholesky's decomposition or as numpy.linalg.inv makes it."""
    x = TRAIN[:, order["items"]].astype(np.float64)
    began = time.perf_counter()
    with threadpool_limits(THREADS, "blas"):
        gram = (x.T @ x).toarray(order="F")
        gram[np.diag_indices_from(gram)] += order["l2"]
        if order["inverse"] == "inv":
            inverse = np.linalg.inv(gram)
        else:
            factor, failed = lapack.dpotrf(gram, lower=1, overwrite_a=1)
            inverse, failed = lapack.dpotri(factor, lower=1, overwrite_c=1)
            inverse = np.tril(inverse) + np.tril(inverse, -1).T
        weights = (inverse / -np.diag(inverse)).astype(np.float32)
        np.fill_diagonal(weights, 0)
    seconds = time.perf_counter() - began
    weights[: order["rows"]].astype("<f4").tofile(f"{DIRECTORY}/ease.f32")
    return {"seconds": seconds}


def rank_implicit(order):
    model = implicit.als.AlternatingLeastSquares(factors=SHAPE["dimension"], num_threads=THREADS)
    model.user_factors, model.item_factors = start("users").numpy(), start("items").numpy()
    began = time.perf_counter()
    for k in range(0, len(ACTIVE), 1000):
        users = ACTIVE[k : k + 1000]
        model.recommend(users, TRAIN[users], N=20, filter_already_liked_items=True)
    return {"seconds": time.perf_counter() - began}


def rank_torch(order):
    users, items = start("users"), start("items")
    began = time.perf_counter()
    for k in range(0, len(ACTIVE), 1000):
        block = ACTIVE[k : k + 1000]
        scores = users[block] @ items.T
        scores[TRAIN[block].nonzero()] = -torch.inf
        scores.topk(20)
    return {"seconds": time.perf_counter() - began}


def answer(order, state):
    do = order["do"]
    if do in ("exact", "usual"):
        state[do] = (Exact if do == "exact" else Usual)(order)
        return {}
    if do == "objective":
        return state["exact"].objective()
    if do in ("epoch", "steps"):
        return state["exact" if do == "epoch" else "usual"].run(order)
    return {"fit": fit, "ease": ease, "rank-implicit": rank_implicit, "rank-torch": rank_torch, "versions": versions}[do](order)


def versions(order):
    return {"python": sys.version.split()[0], "torch": torch.__version__, "implicit": implicit.__version__}


def main():
    # What a library prints must not stand among the answers.
    out, sys.stdout = sys.stdout, sys.stderr
    state = {}
    for line in sys.stdin:
        try:
            reply = answer(json.loads(line), state)
        except Exception as e:  # the other side decides what to do without it
            reply = {"error": f"{type(e).__name__}: {e}".splitlines()[0]}
        print(json.dumps(reply), file=out, flush=True)


if __name__ == "__main__":
    main()
