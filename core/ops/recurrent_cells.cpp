// SPDX-License-Identifier: GPL-3.0-or-later
#include "ops/recurrent_cells.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

namespace bitwright {
namespace {

struct NamedFunction {
    std::string_view name; ///< in lower case: files write both
    double (*apply)(double x, double alpha, double beta);
    bool has_alpha;
    double alpha;
    bool has_beta;
    double beta;
};

double sigmoid(double x, double, double)
{
    return 1 / (1 + std::exp(-x));
}

constexpr std::array kFunctions{
    NamedFunction{"relu", [](double x, double, double) { return std::max(x, 0.0); }, false, 0, false, 0},
    NamedFunction{"tanh", [](double x, double, double) { return std::tanh(x); }, false, 0, false, 0},
    NamedFunction{"sigmoid", sigmoid, false, 0, false, 0},
    NamedFunction{"affine", [](double x, double a, double b) { return a * x + b; }, true, 1, true, 0},
    NamedFunction{"leakyrelu", [](double x, double a, double) { return x < 0 ? a * x : x; }, true, 0.01, false, 0},
    NamedFunction{"thresholdedrelu", [](double x, double a, double) { return x > a ? x : 0.0; }, true, 1, false, 0},
    NamedFunction{"scaledtanh", [](double x, double a, double b) { return a * std::tanh(b * x); }, true, 1, true, 1},
    NamedFunction{"hardsigmoid", [](double x, double a, double b) { return std::clamp(a * x + b, 0.0, 1.0); }, true, 0.2, true, 0.5},
    NamedFunction{"elu", [](double x, double a, double) { return x < 0 ? a * std::expm1(x) : x; }, true, 1, false, 0},
    NamedFunction{"softsign", [](double x, double, double) { return x / (1 + std::fabs(x)); }, false, 0, false, 0},
    NamedFunction{"softplus", [](double x, double, double) { return std::max(x, 0.0) + std::log1p(std::exp(-std::fabs(x))); }, false, 0, false, 0},
};

/// States times recurrence weights, one column block per gate.
template <class T>
CellMatrix<T> recurred(const CellMatrix<T>& h, const CellMatrix<T>& weights)
{
    return h * weights.transpose();
}

} // namespace

std::optional<std::vector<CellFunction>> cellFunctions(const std::vector<std::string>& names, const std::vector<double>& alphas,
                                                       const std::vector<double>& betas, std::string& unknown)
{
    std::vector<CellFunction> functions;
    std::size_t alpha = 0;
    std::size_t beta = 0;
    for (const std::string& name : names) {
        std::string lower = name;
        std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
        const auto found = std::find_if(kFunctions.begin(), kFunctions.end(), [&](const NamedFunction& f) { return f.name == lower; });
        if (found == kFunctions.end()) {
            unknown = name;
            return std::nullopt;
        }
        CellFunction function{found->apply, found->alpha, found->beta};
        if (found->has_alpha && alpha < alphas.size()) function.alpha = alphas[alpha++];
        if (found->has_beta && beta < betas.size()) function.beta = betas[beta++];
        functions.push_back(function);
    }
    return functions;
}

template <class T>
void stepRnn(const Cell<T>& cell, const CellMatrix<T>& x, CellMatrix<T>& h, CellMatrix<T>&)
{
    const CellMatrix<T> r = recurred(h, cell.recurrence);
    for (Eigen::Index b = 0; b < h.rows(); ++b)
        for (Eigen::Index j = 0; j < h.cols(); ++j) {
            const auto at = static_cast<std::size_t>(j);
            h(b, j) = cell.functions[0](cell.clipped(x(b, j) + r(b, j) + cell.input_bias[at] + cell.state_bias[at]));
        }
}

template <class T>
void stepGru(const Cell<T>& cell, const CellMatrix<T>& x, CellMatrix<T>& h, CellMatrix<T>&)
{
    const Eigen::Index n = cell.hidden; // update, reset, hidden: the order of the gates
    const CellMatrix<T> r = recurred(h, cell.recurrence);
    const auto bias = [&](const std::vector<T>& values, Eigen::Index at) { return values[static_cast<std::size_t>(at)]; };
    const auto gate = [&](Eigen::Index b, Eigen::Index at) {
        return cell.functions[0](cell.clipped(x(b, at) + r(b, at) + bias(cell.input_bias, at) + bias(cell.state_bias, at)));
    };
    CellMatrix<T> hidden_part(h.rows(), n);
    if (cell.resets_after) {
        for (Eigen::Index b = 0; b < h.rows(); ++b)
            for (Eigen::Index j = 0; j < n; ++j)
                hidden_part(b, j) = gate(b, n + j) * (r(b, 2 * n + j) + bias(cell.state_bias, 2 * n + j));
    } else {
        CellMatrix<T> reset(h.rows(), n);
        for (Eigen::Index b = 0; b < h.rows(); ++b)
            for (Eigen::Index j = 0; j < n; ++j) reset(b, j) = gate(b, n + j) * h(b, j);
        hidden_part = reset * cell.recurrence.bottomRows(n).transpose();
        for (Eigen::Index b = 0; b < h.rows(); ++b)
            for (Eigen::Index j = 0; j < n; ++j) hidden_part(b, j) += bias(cell.state_bias, 2 * n + j);
    }
    for (Eigen::Index b = 0; b < h.rows(); ++b)
        for (Eigen::Index j = 0; j < n; ++j) {
            const T update = gate(b, j);
            const T fresh = cell.functions[1](cell.clipped(x(b, 2 * n + j) + hidden_part(b, j) + bias(cell.input_bias, 2 * n + j)));
            h(b, j) = (1 - update) * fresh + update * h(b, j);
        }
}

template <class T>
void stepLstm(const Cell<T>& cell, const CellMatrix<T>& x, CellMatrix<T>& h, CellMatrix<T>& c)
{
    const Eigen::Index n = cell.hidden; // input, output, forget, cell: the order of the gates
    const CellMatrix<T> r = recurred(h, cell.recurrence);
    const auto peephole = [&](Eigen::Index gate, Eigen::Index j, T state) {
        return cell.peepholes.empty() ? T{} : cell.peepholes[static_cast<std::size_t>(gate * n + j)] * state;
    };
    for (Eigen::Index b = 0; b < h.rows(); ++b)
        for (Eigen::Index j = 0; j < n; ++j) {
            const auto sum = [&](Eigen::Index gate) {
                const Eigen::Index at = gate * n + j;
                return x(b, at) + r(b, at) + cell.input_bias[static_cast<std::size_t>(at)] + cell.state_bias[static_cast<std::size_t>(at)];
            };
            const T old = c(b, j);
            const T in = cell.functions[0](cell.clipped(sum(0) + peephole(0, j, old)));
            const T forget = cell.couples_forget ? 1 - in : cell.functions[0](cell.clipped(sum(2) + peephole(2, j, old)));
            c(b, j) = forget * old + in * cell.functions[1](cell.clipped(sum(3)));
            const T out = cell.functions[0](cell.clipped(sum(1) + peephole(1, j, c(b, j))));
            h(b, j) = out * cell.functions[2](c(b, j));
        }
}

template void stepRnn<float>(const Cell<float>&, const CellMatrix<float>&, CellMatrix<float>&, CellMatrix<float>&);
template void stepRnn<double>(const Cell<double>&, const CellMatrix<double>&, CellMatrix<double>&, CellMatrix<double>&);
template void stepGru<float>(const Cell<float>&, const CellMatrix<float>&, CellMatrix<float>&, CellMatrix<float>&);
template void stepGru<double>(const Cell<double>&, const CellMatrix<double>&, CellMatrix<double>&, CellMatrix<double>&);
template void stepLstm<float>(const Cell<float>&, const CellMatrix<float>&, CellMatrix<float>&, CellMatrix<float>&);
template void stepLstm<double>(const Cell<double>&, const CellMatrix<double>&, CellMatrix<double>&, CellMatrix<double>&);

} // namespace bitwright
