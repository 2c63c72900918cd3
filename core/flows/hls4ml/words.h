// SPDX-License-Identifier: GPL-3.0-or-later
/// The words of hls4ml's configuration files and what they are called here (hls4ml reference, section 4.2).
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "configuration/configuration.h"

namespace bitwright::hls4ml {

/// A key of hls4ml and our name for the same thing.
struct Word {
    std::string_view key;
    std::string_view name;
};

/// Variables below `Precision` that decide a slot.
std::span<const Word> precisionVariables();
/// Keys ending in `_t` at the level of a layer that decide a slot; `Precision` does not reach these.
std::span<const Word> typeKeys();
/// Keys of tunables at the level of a layer.
std::span<const Word> tunableKeys();
/// Class names that `LayerType` may hold.
std::span<const std::string_view> layerClasses();
/// Names that hls4ml's own generator writes below `LayerType` but never looks up, and the name that it does look up.
std::span<const Word> misleadingClasses();
/// Top-level keys, keys of `HLSConfig` and keys of `Model` that hls4ml knows and that decide nothing here.
bool isKnownTopKey(std::string_view key);
bool isKnownSectionKey(std::string_view key);
bool isKnownModelKey(std::string_view key);
bool isKnownLayerKey(std::string_view key);

/// Our name for @p key in @p words, or "".
std::string_view nameOf(std::span<const Word> words, std::string_view key);
/// hls4ml's key for @p name in @p words, or "".
std::string_view keyOf(std::span<const Word> words, std::string_view name);
/// The class name in hls4ml's own spelling for one in lower case; itself where unknown.
std::string canonicalClass(std::string_view lower_case);

/// `TableSize` -> `table_size`; leaves snake case as it is.
std::string snakeCase(std::string_view text);
std::string lowerCase(std::string_view text);

/// Our name of a strategy for any spelling that hls4ml takes, or "".
std::string_view strategyFromKey(std::string_view text);
/// hls4ml's spelling ("ResourceUnrolled") of one of our strategy names.
std::string_view strategyKey(std::string_view name);

} // namespace bitwright::hls4ml
