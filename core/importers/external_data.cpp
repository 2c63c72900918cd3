// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/external_data.h"

#include <cerrno>
#include <cstring>
#include <filesystem>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/diagnostic_codes.h"
#include "support/file.h"

namespace bitwright {

namespace fs = std::filesystem;

struct ExternalData::Mapping {
    const std::byte* data = nullptr;
    std::size_t size = 0;
    bool is_missing = false;

    Mapping() = default;
    Mapping(const Mapping&) = delete;
    Mapping& operator=(const Mapping&) = delete;
    ~Mapping()
    {
        if (data) munmap(const_cast<std::byte*>(data), size);
    }
};

namespace {

bool isBelow(const fs::path& file, const fs::path& folder)
{
    const fs::path relative = file.lexically_relative(folder);
    return !relative.empty() && *relative.begin() != "..";
}

/// Tensors are read as their element type, so their first byte must be aligned for it.
constexpr std::uintptr_t kAlignment = 16;

} // namespace

ExternalData::ExternalData(std::string model_path) : m_model_path(std::move(model_path)) {}
ExternalData::~ExternalData() = default;

Result<std::shared_ptr<const ExternalData::Mapping>> ExternalData::open(const std::string& tensor,
                                                                        const std::string& location)
{
    const auto outside = Diagnostic{DiagnosticCode::ExternalDataOutside,
                                    {tensor, location},
                                    FileLocation{m_model_path},
                                    "Move the data file beside the model and correct its location."};
    const fs::path relative(location);
    if (location.empty() || relative.is_absolute()) return outside;
    std::error_code problem;
    const fs::path model(m_model_path);
    const fs::path named_folder = fs::weakly_canonical(model.has_parent_path() ? model.parent_path() : ".", problem);
    const fs::path real_folder = fs::weakly_canonical(model, problem).parent_path();
    for (const fs::path& folder : {named_folder, real_folder}) {
        // Lexically first, so that nothing outside is even looked at.
        if (!isBelow((folder / relative).lexically_normal(), folder)) return outside;
        const fs::path real = fs::weakly_canonical(folder / relative, problem);
        if (!fs::exists(real, problem)) continue;
        if (!isBelow(real, named_folder) && !isBelow(real, real_folder)) return outside;
        const auto unreadable = [&](const std::string& reason) {
            return Diagnostic{DiagnosticCode::FileUnreadable, {real.string(), reason}, FileLocation{m_model_path}};
        };
        if (!fs::is_regular_file(real, problem)) return unreadable("it is not a regular file");
        const int descriptor = ::open(real.c_str(), O_RDONLY | O_CLOEXEC);
        if (descriptor < 0) return unreadable(systemErrorText(errno));
        struct stat status {};
        auto mapping = std::make_shared<Mapping>();
        if (fstat(descriptor, &status) == 0 && status.st_size > 0) {
            const auto size = static_cast<std::size_t>(status.st_size);
            void* mapped = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, descriptor, 0);
            if (mapped != MAP_FAILED) {
                mapping->data = static_cast<const std::byte*>(mapped);
                mapping->size = size;
            }
        }
        const int code = errno;
        ::close(descriptor);
        if (!mapping->data && status.st_size > 0) return unreadable(systemErrorText(code));
        return std::shared_ptr<const Mapping>(mapping);
    }
    auto missing = std::make_shared<Mapping>();
    missing->is_missing = true;
    return std::shared_ptr<const Mapping>(missing);
}

Result<SharedBytes> ExternalData::read(const std::string& tensor, const ExternalPlace& place, std::int64_t size_bytes)
{
    auto found = m_files.find(place.location);
    if (found == m_files.end()) {
        Result<std::shared_ptr<const Mapping>> opened = open(tensor, place.location);
        if (!opened) return opened.error();
        found = m_files.emplace(place.location, *opened).first;
    }
    const std::shared_ptr<const Mapping> mapping = found->second;
    if (mapping->is_missing) return SharedBytes{};
    const auto wrong = [&](std::string reason) {
        return Diagnostic{DiagnosticCode::TensorExternal, {tensor, std::move(reason)}, FileLocation{m_model_path}};
    };
    if (place.offset_bytes < 0) return wrong(fmt::format("the offset is {}", place.offset_bytes));
    if (place.length_bytes >= 0 && place.length_bytes < size_bytes)
        return wrong(fmt::format("the length is {} bytes, and the shape needs {}", place.length_bytes, size_bytes));
    const auto available = static_cast<std::int64_t>(mapping->size);
    if (place.offset_bytes > available || size_bytes > available - place.offset_bytes)
        return Diagnostic{DiagnosticCode::ExternalDataShort,
                          {tensor, place.location, fmt::format("{}", available),
                           fmt::format("{}", static_cast<unsigned long long>(place.offset_bytes) +
                                                 static_cast<unsigned long long>(size_bytes))},
                          FileLocation{m_model_path}};
    const std::byte* start = mapping->data + place.offset_bytes;
    if (reinterpret_cast<std::uintptr_t>(start) % kAlignment == 0)
        return SharedBytes(std::shared_ptr<const std::byte[]>(mapping, start));
    const std::shared_ptr<std::byte[]> copy(new std::byte[static_cast<std::size_t>(size_bytes)]);
    if (size_bytes > 0) std::memcpy(copy.get(), start, static_cast<std::size_t>(size_bytes));
    return SharedBytes(copy);
}

} // namespace bitwright
