// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/edit.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "support/diagnostic_codes.h"

namespace bitwright {

namespace {

constexpr int kMaximumScaleBits = 4096; ///< keeps exponents of values inside what double can say about them

Result<void> checkFixed(const FixedFormat& format)
{
    const auto wrong = [&](std::string reason) -> Result<void> {
        return Diagnostic{DiagnosticCode::FormatRange, {shortName(NumberFormat{format}), std::move(reason)}};
    };
    if (format.width_bits < 1 || format.width_bits > kMaximumWidthBits)
        return wrong("the width has to be from 1 to " + std::to_string(kMaximumWidthBits));
    if (std::abs(format.integer_bits) > kMaximumScaleBits)
        return wrong("the integer bits have to be from -" + std::to_string(kMaximumScaleBits) + " to "
                     + std::to_string(kMaximumScaleBits));
    if (format.saturation_bits < 0 || format.saturation_bits > format.width_bits)
        return wrong("the saturated bits have to be from 0 to the width");
    return {};
}

Result<void> checkChoice(const FormatChoice& choice)
{
    const auto* format = std::get_if<NumberFormat>(&choice);
    const auto* fixed = format ? std::get_if<FixedFormat>(format) : nullptr;
    return fixed ? checkFixed(*fixed) : Result<void>{};
}

Result<void> checkTunable(const SetTunable& edit)
{
    if (!edit.choice)
        return {};
    const auto wrong = [&](std::string reason) -> Result<void> {
        return Diagnostic{DiagnosticCode::TunableRange, {describe(*edit.choice), edit.tunable, std::move(reason)},
                          LayerLocation{edit.layer, edit.tunable}};
    };
    if (const auto* number = std::get_if<double>(&*edit.choice); number && !std::isfinite(*number))
        return wrong("it has to be a finite number");
    if (edit.tunable == tunables::kReuseFactor || edit.tunable == tunables::kTableSize) {
        const auto* number = std::get_if<std::int64_t>(&*edit.choice);
        if (!number || *number < 1)
            return wrong("it has to be a whole number of at least 1");
    }
    return {};
}

bool isIdentifier(const std::string& text)
{
    const auto isLetter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
    return !text.empty() && isLetter(text.front())
        && std::all_of(text.begin(), text.end(), [&](char c) { return isLetter(c) || (c >= '0' && c <= '9'); });
}

Result<void> checkDesign(const DesignSettings& design)
{
    const auto wrong = [](std::string value, std::string name, std::string reason) -> Result<void> {
        return Diagnostic{DiagnosticCode::DesignRange, {std::move(value), std::move(name), std::move(reason)}};
    };
    if (!(design.clock_ns > 0) || !std::isfinite(design.clock_ns))
        return wrong(describe(TunableChoice{design.clock_ns}), "clock", "the period has to be above 0 ns");
    if (!(design.clock_uncertainty_percent >= 0 && design.clock_uncertainty_percent < 100))
        return wrong(describe(TunableChoice{design.clock_uncertainty_percent}), "clock uncertainty",
                     "it has to be from 0 to below 100 percent");
    if (!isIdentifier(design.project_name))
        return wrong(design.project_name, "project name",
                     "it names a C++ function, so letters, digits and '_' are allowed, and no digit in front");
    return {};
}

/// Applies single edits to one configuration, layer settings being written back only where they changed.
struct EditApplier {
    Configuration& target;

    Result<void> operator()(const SetFormat& edit)
    {
        if (edit.slot.empty())
            return Diagnostic{DiagnosticCode::SlotUnnamed, {edit.layer}};
        if (edit.choice) {
            if (auto checked = checkChoice(*edit.choice); !checked) {
                Diagnostic problem = checked.error();
                problem.where = LayerLocation{edit.layer, edit.slot};
                return problem;
            }
        }
        return change(edit.layer, true, [&](LayerSettings& settings) {
            if (edit.choice)
                settings.formats[edit.slot] = *edit.choice;
            else
                settings.formats.erase(edit.slot);
        });
    }

    Result<void> operator()(const SetTunable& edit)
    {
        if (edit.tunable.empty())
            return Diagnostic{DiagnosticCode::SlotUnnamed, {edit.layer}};
        if (auto checked = checkTunable(edit); !checked)
            return checked;
        return change(edit.layer, true, [&](LayerSettings& settings) {
            if (edit.choice)
                settings.tunables[edit.tunable] = *edit.choice;
            else
                settings.tunables.erase(edit.tunable);
        });
    }

    Result<void> operator()(const SetDesign& edit)
    {
        if (auto checked = checkDesign(edit.design); !checked)
            return checked;
        target.design = edit.design;
        return {};
    }

    Result<void> operator()(const SetLayerNote& edit)
    {
        return change(edit.layer, false, [&](LayerSettings& settings) { settings.note = edit.note; });
    }

    Result<void> operator()(const SetLayerLock& edit)
    {
        return change(edit.layer, false, [&](LayerSettings& settings) { settings.is_locked = edit.is_locked; });
    }

    Result<void> operator()(const ResetLayer& edit)
    {
        return change(edit.layer, true, [](LayerSettings& settings) {
            LayerSettings fresh;
            fresh.note = std::move(settings.note);
            settings = std::move(fresh);
        });
    }

    Result<void> operator()(const ReplaceConfiguration& edit)
    {
        target = edit.configuration;
        return {};
    }

    Result<void> operator()(const EditBatch& batch)
    {
        for (const Edit& edit : batch.edits) {
            if (auto applied = std::visit(*this, edit); !applied)
                return applied;
        }
        return {};
    }

    template <class Change>
    Result<void> change(const std::string& layer, bool respects_lock, Change&& apply)
    {
        if (layer.empty()) {
            apply(target.model);
            return {};
        }
        LayerSettings settings = target.layer(layer);
        if (respects_lock && settings.is_locked)
            return Diagnostic{DiagnosticCode::LayerLocked, {layer}, LayerLocation{layer, {}},
                              "Unlock the layer first."};
        apply(settings);
        if (settings == LayerSettings{})
            target.eraseLayer(layer); // nothing decided is the same as never touched
        else
            target.setLayer(layer, std::move(settings));
        return {};
    }
};

} // namespace

Result<Configuration> applyEdit(const Configuration& before, const Edit& edit)
{
    Configuration after = before;
    EditApplier applier{after};
    if (auto applied = std::visit(applier, edit); !applied)
        return applied.error();
    return after;
}

} // namespace bitwright
