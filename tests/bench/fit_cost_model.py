#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fits the coefficients of resources/cost_models/*.json to a table of synthesis results.

  fit_cost_model.py --terms build/.../cost_terms --models resources/cost_models --rows rows.jsonl --truth truth.csv
                    [--timing] [--write]

`cost_terms` says for every row which quantity each coefficient multiplies, so the laws exist once, in C++.
Laws with status "fitted" or "judgement" are fitted where at least MIN_ROWS rows from two groups speak about them; the
others keep their coefficients. Coefficients stay positive and within a law's `bounds`, and are drawn towards their present values. Intervals come
from residuals of rows whose source the fit had not seen (leave one source out; a source with more than a quarter of
the rows is split by shape). Constants that bend a law are
searched by search_constants.py. Python standard library and numpy only.
"""
import argparse, collections, csv, hashlib, json, math, os, re, subprocess, sys, tempfile
import numpy as np
import search_constants

TARGETS = {'lut': 'LUT', 'ff': 'FF', 'dsp': 'DSP', 'bram': 'BRAM18', 'latency_cycles': 'latency_cycles', 'ii': 'II_cycles'}
FITTED = ('lut', 'ff')
FLOOR = {'lut': 8.0, 'ff': 8.0}
MIN_ROWS = 2
# Rows that do not show what a law describes (estimation data, "Anomalous or weak rows"): dead logic after extreme
# pruning, input buffers that the tool unrolled.
ANOMALIES = {'410', '411', '412', '413', '414', '153', '409', '156', '422', '423'}
PULL = 0.02         # strength of the pull towards present coefficients, per coefficient
EPSILON = 1e-6
SOURCE = re.compile(r"^(\S+): (\S+) (\S+) (\S+?)(?: '(\w+)')?, ")


def load_models(folder):
    return {name[:-5]: json.load(open(os.path.join(folder, name))) for name in sorted(os.listdir(folder)) if name.endswith('.json')}


def save_models(models, folder):
    for name, model in models.items():
        with open(os.path.join(folder, name + '.json'), 'w') as file:
            file.write(dump(model))


def dump(model):
    """JSON with one law per line: readable, and small differences stay small."""
    def block(value, indent):
        pad = ' ' * indent
        if isinstance(value, dict) and indent < 3 * 1 + 1 and any(isinstance(v, (dict, list)) for v in value.values()):
            body = ',\n'.join(f'{pad} {json.dumps(k)}: {block(v, indent + 1)}' for k, v in value.items())
            return '{\n' + body + '\n' + pad + '}'
        if isinstance(value, list) and value and isinstance(value[0], dict):
            return '[\n' + ',\n'.join(pad + ' ' + block(v, indent + 1) for v in value) + '\n' + pad + ']'
        return json.dumps(value, ensure_ascii=False)
    return block(model, 0) + '\n'


def run_terms(tool, models, rows, keep):
    with tempfile.TemporaryDirectory() as folder:
        models = json.loads(json.dumps(models))
        if keep:
            for model in models.values():
                for profile in model['profiles']:
                    profile.setdefault('constants', {})['keep_empty_terms'] = 1
        save_models(models, folder)
        out = subprocess.run([tool, folder, rows], check=True, capture_output=True, text=True).stdout
    return [json.loads(line) for line in out.splitlines()]


def source_of(row):
    return row['source'].split(':')[0]


class Table:
    """Truth, predictions and the quantities behind them."""

    def __init__(self, tool, models, rows, truth):
        self.truth = {r['row_id']: r for r in csv.DictReader(open(truth, newline=''))}
        self.inputs = {str(r['row_id']): r for r in map(json.loads, open(rows))}
        self.tool, self.rows = tool, rows
        self.refresh(models)

    def refresh(self, models):
        self.lines = [l for l in run_terms(self.tool, models, self.rows, True) if l['estimated']]

    def value(self, row_id, target):
        text = (self.truth[row_id][TARGETS[target]] or '').strip()
        try:
            return float(text)
        except ValueError:
            return None

    def design(self, target):
        """Per row: true value, {coefficient: quantity}, group, source."""
        out = []
        for line in self.lines:
            row_id = line['row_id']
            if row_id not in self.truth:
                continue
            y = self.value(row_id, target)
            if y is None or row_id in ANOMALIES:
                continue
            quantities = collections.defaultdict(float)
            own = [t for t in line['terms'] if t[0] == target and SOURCE.match(t[2])]
            parts = [t for part in line['parts'] for t in part['terms'] if t[0] == target and SOURCE.match(t[2])]
            is_network = self.inputs[row_id]['kind'] == 'network'
            for t in parts + (own if is_network else []):
                match = SOURCE.match(t[2])
                if match.group(5):
                    quantities[match.group(1, 2, 3, 4, 5)] += t[3]
            truth = self.truth[row_id]
            out.append((row_id, y, dict(quantities), truth['group'], source_of(truth)))
        return out


def law_index(models):
    """(profile, kernel, regime, target) -> law."""
    return {(p['id'], l['kernel'], l['regime'], l['target']): l for m in models.values() for p in m['profiles'] for l in p['laws']}


def solve(X, offset, y, weight, prior, bounds, target, iterations):
    """Coefficients within bounds that minimise the relative absolute error, drawn towards the present ones."""
    used = (X != 0)
    beta = prior.copy()
    scale = y + FLOOR[target]
    relative = np.abs(X) / scale[:, None]
    typical = np.array([np.median(relative[used[:, j], j]) if used[:, j].any() else 1.0 for j in range(X.shape[1])])
    pull = PULL * used.sum(axis=0).clip(1) * typical ** 2 + 1e-12
    for _ in range(iterations):
        fit = X @ beta + offset
        size = np.maximum((fit + y + FLOOR[target]) / 2, FLOOR[target])
        error = np.abs(fit - y) / size
        w = weight / (size ** 2) / np.maximum(error, 0.02)
        A = (X * w[:, None]).T @ X + np.diag(pull)
        new = bounded(A, X.T @ (w * (y - offset)) + pull * prior, bounds)
        if np.allclose(new, beta, rtol=1e-3, atol=1e-9):
            break
        beta = new
    return new


def bounded(A, b, bounds):
    """min 1/2 x'Ax - b'x with low <= x <= high: coordinates outside are fixed at their bound until none is left."""
    low, high = bounds
    free = low < high
    x = low.copy()
    while free.any():
        x[free] = np.linalg.solve(A[np.ix_(free, free)], b[free] - A[np.ix_(free, ~free)] @ x[~free])
        outside = free & ((x < low) | (x > high))
        x = np.clip(x, low, high)
        if not outside.any():
            break
        free &= ~outside
    return x


def folds_of(rows):
    """Leave one source out; a source with more than a quarter of the rows is split by shape."""
    per_source = collections.Counter(r[4] for r in rows)
    big = {s for s, n in per_source.items() if n > len(rows) / 4}
    names = [r[4] + '|' + (hashlib.md5(r[3].encode()).hexdigest()[0] if r[4] in big else '') for r in rows]
    return names


def fit_target(table, models, target):
    rows = table.design(target)
    laws = law_index(models)
    present = {law + (name,): c for law, l in laws.items() for name, c in l.get('terms', {}).items()}
    seen = collections.defaultdict(set)
    for r in rows:
        for k, q in r[2].items():
            if q and k in present and laws[k[:4]]['status'] in ('fitted', 'judgement'):
                seen[k].add(r[0])
    keys = sorted(k for k, ids in seen.items() if len(ids) >= MIN_ROWS and not laws[k[:4]].get('fixed'))
    X = np.array([[r[2].get(k, 0.0) for k in keys] for r in rows])
    y = np.array([r[1] for r in rows])
    offset = np.array([sum(q * present.get(k, 0.0) for k, q in r[2].items() if k not in set(keys)) for r in rows])
    prior = np.array([max(present[k], EPSILON) for k in keys])
    # Bounds come from what a coefficient means: an addition cannot be cheaper than most of its carry chain.
    ranges = [laws[k[:4]].get('bounds', {}).get(k[4], (0, 1e12)) for k in keys]
    bounds = np.array([r[0] for r in ranges], float), np.array([r[1] for r in ranges], float)
    per_source = collections.Counter(r[4] for r in rows)
    weight = np.array([1 / max(1.0, per_source[r[4]] / 100) for r in rows])  # a sweep of hundreds is not hundreds of designs
    names = np.array(folds_of(rows))
    full = dict(zip(keys, solve(X, offset, y, weight, prior, bounds, target, 30)))
    held = {}
    for fold in sorted(set(names)):
        test = names == fold
        touched = X[test].any(axis=0)
        related = ~test & (X[:, touched].any(axis=1) if touched.any() else False)
        beta = solve(X[~test], offset[~test], y[~test], weight[~test], prior, bounds, target, 10) if related.any() else prior
        for i in np.flatnonzero(test):
            held[rows[i][0]] = float(X[i] @ beta + offset[i])
    for k in keys:
        law = laws[k[:4]]
        law['terms'][k[4]] = float('%.4g' % full[k]) if full[k] > 1e-5 else 0.0
        law['status'] = 'fitted'
    return held


def smape(pairs):
    return 200 * sum(abs(t - p) / (abs(t) + abs(p) + 1) for t, p in pairs) / max(len(pairs), 1)


def quantile(values, q):
    return float(np.quantile(np.array(values), q))


def weighted_quantile(values, weights, q):
    order = np.argsort(values)
    shares = np.cumsum(np.array(weights)[order]) / sum(weights)
    return float(np.array(values)[order][min(np.searchsorted(shares, q), len(values) - 1)])


def set_design_intervals(table, models, held):
    """80 % bands of whole designs, streams and others apart; a source counts by the root of its designs."""
    laws = law_index(models)
    for target in TARGETS:
        samples = collections.defaultdict(list)
        for line in table.lines:
            row_id = line['row_id']
            y = table.value(row_id, target) if row_id in table.truth else None
            if y is None or len(line['parts']) < 2 or table.inputs[row_id]['stage'] != 'csynth':
                continue
            p = held.get(target, {}).get(row_id, line['values'][target])
            samples[table.inputs[row_id]['io'] == 'stream'].append((math.log((y + 1) / (max(p, 0) + 1)), source_of(table.truth[row_id])))
        for (_, kernel, regime, name), law in laws.items():
            own = samples[regime == 'stream'] if kernel == 'network' and name == target else []
            if not own:
                continue
            count = collections.Counter(source for _, source in own)
            weights = [count[source] ** -0.5 for _, source in own]
            values = [value for value, _ in own]
            low, high = weighted_quantile(values, weights, 0.1), weighted_quantile(values, weights, 0.9)
            law['residual'] = {'kind': 'log_ratio_plus1', 'folds': 'leave one source out', 'n': len(own), 'n_groups': len(count),
                               'q': {'10': float('%.4g' % min(low, 0)), '90': float('%.4g' % max(high, 0))}}


def set_intervals(table, models, held):
    """80 % bands from residuals of unseen sources: per law where 12 residuals from 3 groups exist, else pooled."""
    laws = law_index(models)
    lines = {l['row_id']: l for l in table.lines}
    for target in TARGETS:
        by_law = collections.defaultdict(list)
        pooled = collections.defaultdict(list)
        for row_id, line in lines.items():
            if row_id not in table.truth or table.inputs[row_id]['kind'] == 'network' and len(line['parts']) > 1:
                continue
            y = table.value(row_id, target)
            if y is None:
                continue
            p = held.get(target, {}).get(row_id, line['values'][target])
            part = line['parts'][0]
            names = {SOURCE.match(t[2]).group(1, 2, 3, 4) for t in part['terms'] if t[0] == target and SOURCE.match(t[2])}
            residual = math.log((y + 1) / (max(p, 0) + 1))
            group = table.truth[row_id]['group']
            for name in names:
                by_law[name].append((residual, group, row_id))
                pooled[name[1], target].append((residual, group, row_id))
        everything = [r for values in by_law.values() for r in values]
        for key, law in laws.items():
            if key[3] != target:
                continue
            own = by_law.get(key, [])
            enough = len(own) >= 12 and len({g for _, g, _ in own}) >= 3
            sample = own if enough else pooled.get((key[1], target)) or everything
            if not enough and len(sample) < 12:
                sample = everything or [(0.0, '', '')]
            values = [r for r, _, _ in sample]
            low, high = min(0.0, quantile(values, 0.1)), max(0.0, quantile(values, 0.9))
            law['residual'] = {'kind': 'log_ratio_plus1', 'folds': 'leave one source out', 'n': len(sample),
                               'n_groups': len({g for _, g, _ in sample}), 'q': {'10': float('%.4g' % low), '90': float('%.4g' % high)}}
            if not enough:
                law['residual']['pooled_from'] = key[1] if pooled.get((key[1], target)) and len(sample) < len(everything) else 'all kernels'
            if own:
                law['n'] = len(own)
    set_design_intervals(table, models, held)


def set_boxes(table, models):
    """Ranges of the features of rows that each dense law was fitted on."""
    laws = law_index(models)
    box = collections.defaultdict(dict)
    names = {'n_in': 'n_in', 'n_out': 'n_out', 'W': 'weight_bits', 'X': 'input_bits', 'rf': 'reuse_factor'}
    for line in table.lines:
        row = table.inputs[line['row_id']]
        for layer, part in zip(row['layers'], line['parts']):
            for t in part['terms']:
                match = SOURCE.match(t[2])
                if not match or match.group(2) != 'dense' or t[0] not in FITTED:
                    continue
                features = {n: layer[k] for k, n in names.items() if isinstance(layer.get(k), (int, float))}
                features['clock_ns'] = row['clock_ns']
                for n, v in features.items():
                    if v is None:
                        continue
                    low, high = box[match.group(1, 2, 3, 4)].get(n, (v, v))
                    box[match.group(1, 2, 3, 4)][n] = (min(low, v), max(high, v))
    for key, ranges in box.items():
        if key in laws:
            laws[key]['box'] = {n: list(r) for n, r in sorted(ranges.items())}


def report(table, held):
    cells = collections.defaultdict(list)
    for line in table.lines:
        row_id = line['row_id']
        if row_id not in table.truth:
            continue
        row = table.inputs[row_id]
        level = 'sweep' if row['group'].startswith('dend') else row['kind'] + (' stream' if row['io'] == 'stream' else '')
        for target in TARGETS:
            y = table.value(row_id, target)
            if y is not None:
                low, high = line['intervals'][target]
                cells[row['stage'], level, target].append((y, line['values'][target], held.get(target, {}).get(row_id), low <= y <= high))
    print(f"{'stage':8} {'level':16} {'target':15} {'n':>5} {'fitted':>8} {'unseen source':>14}  SMAPE %   {'inside 80 %':>12}")
    for key, values in sorted(cells.items()):
        unseen = [(y, h) for y, _, h, _ in values if h is not None]
        print(f'{key[0]:8} {key[1]:16} {key[2]:15} {len(values):5} {smape([(y, p) for y, p, _, _ in values]):8.1f} '
              + (f'{smape(unseen):14.1f}' if unseen else f"{'-':>14}") + f'{100 * sum(i for *_, i in values) / len(values):22.0f}')


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ('--terms', '--models', '--rows', '--truth'):
        parser.add_argument(name, required=True)
    parser.add_argument('--write', action='store_true')
    parser.add_argument('--timing', action='store_true', help='search the constants of SEARCHED first')
    parser.add_argument('--rounds', type=int, default=2)
    arguments = parser.parse_args()
    models = load_models(arguments.models)
    table = Table(arguments.terms, models, arguments.rows, arguments.truth)
    if arguments.timing:
        search_constants.search(table, models, run_terms, {i: source_of(r) for i, r in table.truth.items()}, ANOMALIES)
        table.refresh(models)
    held = {}
    for _ in range(arguments.rounds):  # laws that build on others (products in convolutions) settle
        for target in FITTED:
            held[target] = fit_target(table, models, target)
        table.refresh(models)
    set_boxes(table, models)
    set_intervals(table, models, held)
    table.refresh(models)
    report(table, held)
    if arguments.write:
        digest = lambda path: hashlib.sha256(open(path, 'rb').read()).hexdigest()
        for model in models.values():
            model['provenance'] = {'truth_sha256': digest(arguments.truth), 'split_side': 'shared',
                                   'fitter': 'tests/bench/fit_cost_model.py', 'fitter_sha256': digest(__file__),
                                   'sources': sorted({source_of(r) for r in table.truth.values()})}
        save_models(models, arguments.models)


if __name__ == '__main__':
    main()
