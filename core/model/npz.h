// SPDX-License-Identifier: GPL-3.0-or-later
/// Arrays in files: `.npy`, or a member of a NumPy `.npz` archive (ZIP, APPNOTE 6.3, with ZIP64).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/tensor.h"
#include "support/result.h"

namespace bitwright {

/// The array in @p path. Of an archive with several members the first of @p wanted that is there is taken; of an
/// archive with one member that one. Stored and deflated members are read, and their checksums verified.
/// @error those of `readNpy`; ArchiveMemberMissing with the members' names
Result<Tensor> readArray(const std::string& path, const std::vector<std::string>& wanted);

/// The same from memory; @p name is for messages.
Result<Tensor> parseArray(std::string_view bytes, const std::string& name, const std::vector<std::string>& wanted);

} // namespace bitwright
