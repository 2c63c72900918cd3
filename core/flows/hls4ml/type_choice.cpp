// SPDX-License-Identifier: GPL-3.0-or-later
#include "flows/hls4ml/type_choice.h"

#include "flows/hls4ml/words.h"

namespace bitwright::hls4ml {

namespace {

TypeVariable variable(const FormatChoice& choice, SettingSource source)
{
    const auto* format = std::get_if<NumberFormat>(&choice);
    return {format ? std::optional(*format) : std::nullopt, source};
}

std::optional<TypeVariable> ofLevel(const LayerSettings& settings, const std::string& slot, SettingSource own,
                                    SettingSource fallback)
{
    if (const auto found = settings.formats.find(slot); found != settings.formats.end())
        return variable(found->second, own);
    if (const auto found = settings.formats.find(slots::kDefault); found != settings.formats.end())
        return variable(found->second, fallback);
    return std::nullopt;
}

FixedFormat roundingTable()
{
    FixedFormat format = fixedFormat(18, 8, true);
    format.rounding = Rounding::Rnd;
    format.overflow = Overflow::Sat;
    return format;
}

struct TypeAssigner {
    const TypeChooser& types;
    LayerNode& node;

    void precision(const char* slot) { node.types[slot] = types.precision(node, slot); }
    void table(const char* slot, const FixedFormat& built_in) { node.types[slot] = types.table(node, slot, built_in); }

    void operator()(const InputPayload&) {}
    void operator()(const ConstantPayload&) {}
    void operator()(const QuantPayload&) {}
    void operator()(const MatMulPayload&) {}
    void operator()(const ConvolutionPayload&) {}
    void operator()(const DensePayload& dense)
    {
        precision(slots::kAccumulator);
        types.assignWeight(node, slots::kWeight, dense.weight);
        types.assignWeight(node, slots::kBias, dense.bias);
    }
    void operator()(const AffinePayload& affine)
    {
        types.assignWeight(node, slots::kScale, affine.scale);
        types.assignWeight(node, slots::kBias, affine.bias);
    }
    void operator()(const MergePayload&) {}
    void operator()(const ConcatenatePayload&) {}
    void operator()(const ActivationPayload& activation)
    {
        table(slots::kTable, fixedFormat(18, 8, true));
        if (activation.class_name == "ParametrizedActivation" || activation.slopes)
            precision(slots::kParameter);
    }
    void operator()(const SoftmaxPayload&)
    {
        table(slots::kTable, fixedFormat(18, 8, true));
        table(slots::kExpTable, roundingTable());
        table(slots::kInverseTable, roundingTable());
        table(slots::kInverseInput, roundingTable());
        precision(slots::kAccumulator);
    }
    void operator()(const PoolingPayload&) { precision(slots::kAccumulator); }
    void operator()(const ReshapePayload&) {}
    void operator()(const RearrangePayload&) {}
    void operator()(const TransposePayload&) {}
    void operator()(const ThresholdPayload&) {}
};

} // namespace

FixedFormat fixedFormat(int width, int integer, bool is_signed)
{
    FixedFormat format;
    format.width_bits = width;
    format.integer_bits = integer;
    format.is_signed = is_signed;
    return format;
}

FixedFormat integerFormat(int width, bool is_signed)
{
    FixedFormat format = fixedFormat(width, width, is_signed);
    format.family = FixedFamily::Integer;
    return format;
}

const LayerSettings* TypeChooser::typeSettings(const std::string& class_name) const
{
    if (class_name.empty() || m_configuration.layer_types.empty())
        return nullptr;
    const auto found = m_configuration.layer_types.find(lowerCase(class_name));
    return found == m_configuration.layer_types.end() ? nullptr : &found->second;
}

TypeVariable TypeChooser::precision(const SettingsOrigin& origin, const std::string& class_name,
                                    const std::string& slot) const
{
    const LayerSettings& own = m_configuration.layer(origin.layer);
    if (auto found = ofLevel(own, slot, SettingSource::Layer, SettingSource::LayerDefault))
        return *found;
    if (const LayerSettings* base = own.formats.empty() ? typeSettings(origin.base_class) : nullptr) {
        if (auto found = ofLevel(*base, slot, SettingSource::LayerType, SettingSource::LayerTypeDefault))
            return *found;
    }
    if (const LayerSettings* type = typeSettings(class_name)) {
        if (auto found = ofLevel(*type, slot, SettingSource::LayerType, SettingSource::LayerTypeDefault))
            return *found;
    }
    if (auto found = ofLevel(m_configuration.model, slot, SettingSource::Model, SettingSource::ModelDefault))
        return *found;
    return {NumberFormat{FixedFormat{}}, SettingSource::BuiltIn};
}

TypeVariable TypeChooser::table(const LayerNode& node, const std::string& slot, const NumberFormat& built_in) const
{
    const LayerSettings& own = m_configuration.layer(node.origin.layer);
    if (const auto found = own.formats.find(slot); found != own.formats.end())
        return variable(found->second, SettingSource::Layer);
    if (const LayerSettings* type = typeSettings(node.className())) {
        if (const auto found = type->formats.find(slot); found != type->formats.end())
            return variable(found->second, SettingSource::LayerType);
    }
    return {built_in, SettingSource::BuiltIn};
}

std::optional<TunableChoice> TypeChooser::attribute(const LayerNode& node, const std::string& name) const
{
    const LayerSettings* levels[] = {&m_configuration.layer(node.origin.layer), typeSettings(node.origin.base_class),
                                     typeSettings(node.className())};
    for (const LayerSettings* level : levels) {
        if (!level)
            continue;
        if (const auto found = level->tunables.find(name);
            found != level->tunables.end() && !std::holds_alternative<Auto>(found->second))
            return found->second;
    }
    return std::nullopt;
}

std::optional<TunableChoice> TypeChooser::tunable(const LayerNode& node, const std::string& name) const
{
    if (auto found = attribute(node, name))
        return found;
    const auto& wide = m_configuration.model.tunables;
    const auto found = wide.find(name);
    return found == wide.end() || std::holds_alternative<Auto>(found->second) ? std::nullopt
                                                                              : std::optional(found->second);
}

std::int64_t TypeChooser::number(const LayerNode& node, const std::string& name, std::int64_t fallback) const
{
    const auto choice = attribute(node, name);
    const auto* number = choice ? std::get_if<std::int64_t>(&*choice) : nullptr;
    return number ? *number : fallback;
}

NumberFormat TypeChooser::modelDefault() const
{
    const auto found = m_configuration.model.formats.find(slots::kDefault);
    const auto* format = found == m_configuration.model.formats.end() ? nullptr : std::get_if<NumberFormat>(&found->second);
    return format ? *format : NumberFormat{FixedFormat{}};
}

std::optional<FixedFormat> TypeChooser::maximum() const
{
    const auto found = m_configuration.model.formats.find(slots::kMaximum);
    const auto* format = found == m_configuration.model.formats.end() ? nullptr : std::get_if<NumberFormat>(&found->second);
    const auto* fixed = format ? std::get_if<FixedFormat>(format) : nullptr;
    return fixed ? std::optional(*fixed) : std::nullopt;
}

void TypeChooser::assign(LayerNode& node) const
{
    if (node.fixed_result)
        node.types[slots::kResult] = {*node.fixed_result, SettingSource::Inferred};
    else if (node.result_from)
        node.types[slots::kResult] = precision(*node.result_from, node.result_from_class, slots::kResult);
    else
        node.types[slots::kResult] = precision(node, slots::kResult);
    std::visit(TypeAssigner{*this, node}, node.payload);
}

void TypeChooser::assignWeight(LayerNode& node, const std::string& slot, const WeightVariable& weight) const
{
    if (weight.quantiser)
        node.types[slot] = {weight.quantiser->format, SettingSource::Inferred};
    else if (weight.format)
        node.types[slot] = {*weight.format, SettingSource::Inferred};
    else
        node.types[slot] = precision(node, slot);
}

} // namespace bitwright::hls4ml
