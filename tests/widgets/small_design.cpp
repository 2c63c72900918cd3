// SPDX-License-Identifier: GPL-3.0-or-later
#include "small_design.h"

namespace bitwright::test {

namespace {

Layer dense(const std::string& id)
{
    Layer layer;
    layer.id = id;
    layer.type = "Dense";
    layer.came_from = {id + "/MatMul"};
    layer.slots = {{slots::kWeight, "Weights", false}, {slots::kResult, "Result", true}};
    TunableInfo reuse{tunables::kReuseFactor, "Reuse factor", "", std::int64_t{1}, {}};
    for (const std::int64_t value : {1, 2, 4, 8})
        reuse.legal.emplace_back(value);
    layer.tunables = {reuse};
    return layer;
}

Cost cost(double lut)
{
    Cost made;
    made.lut = {lut, lut * 0.8, lut * 1.2};
    return made;
}

} // namespace

DesignView smallDesign()
{
    DesignView view;
    view.model = view.normal_form = std::make_shared<const Model>();
    Layer relu;
    relu.id = "relu";
    relu.type = "Activation";
    relu.slots = {{slots::kResult, "Result", true}};
    view.layers = std::make_shared<const std::vector<Layer>>(std::vector<Layer>{dense("fc1"), relu, dense("fc2")});
    Configuration configuration;
    LayerSettings locked;
    locked.is_locked = true;
    locked.note = "keep";
    locked.formats[slots::kWeight] = FormatChoice(NumberFormat(FixedFormat{6, 2}));
    configuration.setLayer("fc2", locked);
    view.configuration = std::make_shared<const Configuration>(configuration);
    Lowering lowering;
    for (const char* id : {"fc1", "fc2"}) {
        EffectiveLayer& layer = lowering.layers[id];
        layer.formats[slots::kWeight] = {NumberFormat(FixedFormat{id == std::string("fc1") ? 8 : 6, 2}), SettingSource::Layer};
        layer.formats[slots::kResult] = {NumberFormat(FixedFormat{16, 6}), SettingSource::ModelDefault};
        layer.tunables[tunables::kReuseFactor] = {TunableChoice(std::int64_t{2}), SettingSource::Model};
    }
    lowering.layers["relu"].formats[slots::kResult] = {NumberFormat(FixedFormat{7, 2, false}), SettingSource::Layer};
    view.lowering = std::make_shared<const Lowering>(std::move(lowering));
    Estimate estimate;
    estimate.layers = {{"fc1", cost(3000)}, {"relu", cost(50)}, {"fc2", cost(1000)}};
    estimate.total = cost(4050);
    view.estimate = std::make_shared<const Estimate>(std::move(estimate));
    return view;
}

} // namespace bitwright::test
