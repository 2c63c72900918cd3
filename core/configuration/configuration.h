// SPDX-License-Identifier: GPL-3.0-or-later
/// What the user has decided, as a value. Copies share every layer that did not change.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "numerics/number_format.h"

namespace bitwright {

/// "Let the flow infer it."
struct Auto {
    bool operator==(const Auto&) const = default;
};

/// A decided number format; an absent map entry means unset.
using FormatChoice = std::variant<Auto, NumberFormat>;
/// A decided tunable (`reuse_factor`, `strategy`, `table_size`, `implementation`, `skip`, ...).
using TunableChoice = std::variant<Auto, bool, std::int64_t, double, std::string>;

/// Names of slots, as every flow, edit and file of ours says them.
namespace slots {
inline constexpr const char* kDefault = "default"; ///< stands for all slots not named
inline constexpr const char* kMaximum = "maximum"; ///< model-wide cap on inferred formats
inline constexpr const char* kWeight = "weight";
inline constexpr const char* kBias = "bias";
inline constexpr const char* kScale = "scale";
inline constexpr const char* kAccumulator = "accumulator";
inline constexpr const char* kResult = "result";
inline constexpr const char* kParameter = "parameter";
inline constexpr const char* kTable = "table";
inline constexpr const char* kExpTable = "exp_table";
inline constexpr const char* kInverseTable = "inverse_table";
inline constexpr const char* kInverseInput = "inverse_input";
inline constexpr const char* kNormalisedInput = "normalised_input";
} // namespace slots

/// Names of tunables.
namespace tunables {
inline constexpr const char* kReuseFactor = "reuse_factor";
inline constexpr const char* kStrategy = "strategy"; ///< "latency", "resource", "resource_unrolled", "distributed_arithmetic"
inline constexpr const char* kTableSize = "table_size";
inline constexpr const char* kImplementation = "implementation"; ///< softmax: "stable", "latency", "argmax", "legacy"
inline constexpr const char* kSkip = "skip";
inline constexpr const char* kTrace = "trace";
} // namespace tunables

/// Decisions for one layer, one layer type, or the whole model.
struct LayerSettings {
    std::map<std::string, FormatChoice> formats;   ///< by slot
    std::map<std::string, TunableChoice> tunables; ///< by name
    bool is_locked = false; ///< the search and "edit all" leave it alone
    std::string note;
    /// Keys of a configuration file that have no meaning here, kept for the round trip, as JSON text by key.
    std::map<std::string, std::string> unknown;

    bool operator==(const LayerSettings&) const = default;
};

enum class IoType { Parallel, Stream };

/// Decisions that concern the design as a whole.
struct DesignSettings {
    IoType io_type = IoType::Parallel;
    std::string backend = "Vitis";                 ///< "Vitis", "Vivado"
    std::string part = "xcvu13p-flga2577-2-e";
    double clock_ns = 5.0;
    double clock_uncertainty_percent = 27.0;
    std::string project_name = "myproject";
    std::map<std::string, std::string> unknown;    ///< further top-level keys, JSON text by key

    bool operator==(const DesignSettings&) const = default;
};

/// A value; an undo step is an assignment.
class Configuration {
public:
    std::string flow = "hls4ml";
    DesignSettings design;
    LayerSettings model; ///< model-wide defaults; slot "default" is the default precision
    std::map<std::string, LayerSettings> layer_types; ///< by layer type, lower case
    std::map<std::string, std::int64_t> symbol_extents; ///< chosen values of symbolic dimensions

    /// The settings of layer @p id; empty settings where nothing is decided.
    const LayerSettings& layer(const std::string& id) const;
    bool hasLayer(const std::string& id) const { return m_layers.count(id) != 0; }
    void setLayer(const std::string& id, LayerSettings settings);
    void eraseLayer(const std::string& id) { m_layers.erase(id); }
    std::vector<std::string> layerIds() const;

    /// Layers whose decisions differ from @p other. @cost one pointer compare per layer
    std::set<std::string> changedLayers(const Configuration& other) const;
    /// Whether anything but single layers differs.
    bool differsModelWide(const Configuration& other) const;

    bool operator==(const Configuration& other) const;

private:
    std::map<std::string, std::shared_ptr<const LayerSettings>> m_layers;
};

/// Where a resolved setting came from, for the "effective precision" view.
enum class SettingSource { Layer, LayerDefault, LayerType, LayerTypeDefault, Model, ModelDefault, Inferred, BuiltIn };
std::string_view settingSourceName(SettingSource source); ///< "this layer", "layer type", "model", ...

template <class T>
struct Resolved {
    T value;
    SettingSource source = SettingSource::BuiltIn;
};

/// The choice for @p slot of a layer, in hls4ml's order: layer slot, layer default, type slot, type default,
/// model slot, model default (hls4ml reference, section 3.1). Nothing where no level says anything.
std::optional<Resolved<FormatChoice>> resolveFormat(const Configuration& configuration,
                                                    const std::string& layer, const std::string& layer_type,
                                                    const std::string& slot);
/// The choice for a tunable: layer, type, model.
std::optional<Resolved<TunableChoice>> resolveTunable(const Configuration& configuration,
                                                      const std::string& layer, const std::string& layer_type,
                                                      const std::string& tunable);

std::string describe(const FormatChoice& choice);  ///< "auto" or the short name
std::string describe(const TunableChoice& choice);

ContentHash contentHash(const LayerSettings& settings);
ContentHash contentHash(const Configuration& configuration);

} // namespace bitwright
