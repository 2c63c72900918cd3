#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Searches delays and other constants that bend a law of resources/cost_models/*.json, one after the other, so that
latency, interval and DSP of all sources together come closest. A part of fit_cost_model.py (--timing).
"""
import collections, json, tempfile

# Constants of a profile, or of its slower device families, that one search moves together.
SEARCHED = [('multiply_ns', ''), ('shift_ns', ''), ('add_ns', ''), ('multiply_ns', '7'), ('shift_ns', '7'), ('add_ns', '7'),
            ('chain_add_ns', ''),
            ('softmax/table/latency_cycles/const', ''), ('softmax/table/latency_cycles/tree', ''),
            ('softmax/table/latency_cycles/step', ''), ('softmax/forced_lut/latency_cycles/const', ''),
            ('table/sigmoid/latency_cycles/const', ''), ('table/elu/latency_cycles/const', ''),
            ('network/parallel/latency_cycles/axi_bit', ''),
            ('network/stream/latency_cycles/function', ''), ('network/stream/latency_cycles/fill', '')]
STEPS = (0.6, 0.8, 0.9, 1.1, 1.25, 1.6)
SEARCHED_TARGETS = ('latency_cycles', 'ii', 'dsp')


def places_of(models, name, family):
    """Dictionaries that hold a searched number."""
    found = []
    for model in models.values():
        for profile in (p for p in model['profiles'] if p['stage'] == 'csynth'):
            if '/' in name:
                found += [l['terms'] for l in profile['laws'] if '/'.join((l['kernel'], l['regime'], l['target'])) == name.rpartition('/')[0]]
            elif family:
                found += [numbers for numbers in profile.get('families', {}).values()]
            else:
                found.append(profile['constants'])
    key = name.rpartition('/')[2]
    return key, [place for place in found if place.get(key)]


def search(table, models, run_terms, source_of, anomalies):
    """Coordinate search over SEARCHED, on every row but those of sweeps, of which every eighth stands for its neighbours."""
    chosen = [i for number, i in enumerate(table.inputs) if not table.inputs[i]['group'].startswith('dend') or number % 8 == 0]
    with tempfile.NamedTemporaryFile('w', suffix='.jsonl') as rows:
        rows.write(''.join(json.dumps(table.inputs[i]) + '\n' for i in chosen))
        rows.flush()
        per_source = collections.Counter(source_of[i] for i in chosen if i in table.truth)

        def loss():
            total = 0
            for line in run_terms(table.tool, models, rows.name, False):
                i = line['row_id']
                if not line['estimated'] or i not in table.truth or i in anomalies:
                    continue
                for target in SEARCHED_TARGETS:
                    y = table.value(i, target)
                    if y is not None:
                        p = line['values'][target]
                        total += abs(y - p) / (y + p + 1) / max(1.0, per_source[source_of[i]] / 20)
            return total

        best = loss()
        for name, family in SEARCHED:
            key, places = places_of(models, name, family)
            if not places:
                continue
            before = [place[key] for place in places]
            chosen_step = 1.0
            for step in STEPS:
                for place, value in zip(places, before):
                    place[key] = float('%.3g' % (value * step))
                now = loss()
                if now < best - 1e-3:
                    best, chosen_step = now, step
            for place, value in zip(places, before):
                place[key] = float('%.3g' % (value * chosen_step))
            print(f'{name} {family} x {chosen_step}: {sorted(set(p[key] for p in places))}, loss {best:.3f}', flush=True)
