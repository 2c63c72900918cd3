#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Throughput of the emulator against its peers on the same machine, in the same run.

usage: bench_peers.py BITWRIGHT_CLI [--shared DIR] [--threads N] [--rounds N] [--hls4ml]

Peers: ONNX Runtime running a float32 network of the same shape (batches of 1,024), and, with --hls4ml, the
library that hls4ml compiles for the same quantised network. Prints medians and ratios; exits 1 when a goal is missed.
"""
import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import onnxruntime

REPOSITORY = Path(__file__).resolve().parents[2]
SAMPLES = 200_000
BATCH = 1024


def emulator_rate(cli, model, inputs, threads, folder):
    command = [cli, "emulate", model, "--input", inputs, "--output", f"{folder}/y.npy",
               "--threads", str(threads), "--timing", "--json"]
    result = subprocess.run(command, check=True, capture_output=True, text=True)
    return json.loads(result.stdout)["samples_per_second"]


class RuntimePeer:
    def __init__(self, model, threads):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        self.input = self.session.get_inputs()[0]

    def rate(self, x):
        fixed = self.input.shape[0]
        batch = fixed if isinstance(fixed, int) and fixed > 0 else BATCH
        batches = [np.ascontiguousarray(x[i:i + batch]) for i in range(0, len(x) - batch + 1, batch)]
        start = time.perf_counter()
        for part in batches:
            self.session.run(None, {self.input.name: part})
        return len(batches) * batch / (time.perf_counter() - start)


def free_batch(model, folder):
    """A copy of the model whose batch dimension is free, so that ONNX Runtime may use batches of 1,024."""
    import onnx
    proto = onnx.load(model)
    for value in list(proto.graph.input) + list(proto.graph.output):
        if value.type.tensor_type.shape.dim:
            value.type.tensor_type.shape.dim[0].dim_param = "batch"
    del proto.graph.value_info[:]
    path = f"{folder}/free_{Path(model).name}"
    onnx.save(proto, path)
    return path


def compile_with_hls4ml(model, folder):
    import hls4ml
    from qonnx.core.modelwrapper import ModelWrapper
    from qonnx.transformation.gemm_to_matmul import GemmToMatMul
    from qonnx.util.cleanup import cleanup_model
    wrapper = cleanup_model(cleanup_model(ModelWrapper(model)).transform(GemmToMatMul()))
    config = hls4ml.utils.config.config_from_onnx_model(wrapper, granularity="name", backend="Vitis",
                                                        default_precision="fixed<16,6>")
    project = hls4ml.converters.convert_from_onnx_model(wrapper, hls_config=config, backend="Vitis",
                                                        output_dir=f"{folder}/hls4ml")
    project.compile()
    return project


def hls4ml_rate(project, x):
    start = time.perf_counter()
    project.predict(x)
    return len(x) / (time.perf_counter() - start)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("cli")
    parser.add_argument("--shared", default=str(REPOSITORY.parent / "shared" / "data"))
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--hls4ml", action="store_true")
    arguments = parser.parse_args()

    quantised = Path(arguments.shared) / "models" / "qkeras_jettagging.onnx"
    plain = Path(arguments.shared) / "models" / "three_layer_keras.onnx"
    if not quantised.exists():  # the bundled network of the same shape
        quantised = REPOSITORY / "resources/samples/models/jets_mlp_w6a6.onnx"
        plain = REPOSITORY / "resources/samples/models/jets_mlp.onnx"

    rng = np.random.default_rng(1)
    x = rng.normal(0, 1, (SAMPLES, 16)).astype(np.float32)
    with tempfile.TemporaryDirectory() as folder:
        inputs = f"{folder}/x.npy"
        np.save(inputs, x)
        runtime = RuntimePeer(free_batch(str(plain), folder), arguments.threads)
        runtime.rate(x[:20 * BATCH])
        project = compile_with_hls4ml(str(quantised), folder) if arguments.hls4ml else None
        ours, theirs, compiled = [], [], []
        for _ in range(arguments.rounds):
            ours.append(emulator_rate(arguments.cli, str(quantised), inputs, arguments.threads, folder))
            theirs.append(runtime.rate(x))
            if project is not None:
                compiled.append(hls4ml_rate(project, x[:2000]))
    ratios = [a / b for a, b in zip(ours, theirs)]
    print(f"{quantised.stem}: emulator {statistics.median(ours) / 1e6:.2f} M samples/s, "
          f"{plain.stem} in ONNX Runtime float32 {statistics.median(theirs) / 1e6:.2f} M samples/s, "
          f"{arguments.threads} thread(s), medians of {arguments.rounds}")
    print(f"ratio to ONNX Runtime: {statistics.median(ratios):.2f} (goal: at least 1)")
    missed = statistics.median(ratios) < 1
    if compiled:
        ratio = statistics.median([a / b for a, b in zip(ours, compiled)])
        print(f"ratio to hls4ml's compiled predict ({statistics.median(compiled):.0f} samples/s): "
              f"{ratio:.0f} (goal: at least 20)")
        missed = missed or ratio < 20
    return 1 if missed else 0


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    sys.exit(main())
