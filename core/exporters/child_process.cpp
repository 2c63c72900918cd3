// SPDX-License-Identifier: GPL-3.0-or-later
#include "exporters/child_process.h"

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include <fmt/format.h>

#include "support/diagnostic_codes.h"
#include "support/file.h"
#include "support/file_descriptor.h"

namespace bitwright {

namespace {

using Clock = std::chrono::steady_clock;

constexpr int kPollMilliseconds = 20; ///< how soon a stop is noticed

void limit(int resource, std::int64_t value)
{
    if (value <= 0) return;
    const rlimit both{static_cast<rlim_t>(value), static_cast<rlim_t>(value)};
    ::setrlimit(static_cast<__rlimit_resource_t>(resource), &both);
}

/// In the child: only async-signal-safe calls. Reports a failed exec through @p report.
[[noreturn]] void become(char* const* arguments, const ChildOptions& options, int output, int report)
{
    ::setpgid(0, 0);
    const int nothing = ::open("/dev/null", O_RDONLY);
    const bool is_wired = ::dup2(nothing, STDIN_FILENO) >= 0 && ::dup2(output, STDOUT_FILENO) >= 0 &&
                          ::dup2(output, STDERR_FILENO) >= 0;
    if (is_wired && (options.folder.empty() || ::chdir(options.folder.c_str()) == 0)) {
        limit(RLIMIT_AS, options.memory_bytes);
        limit(RLIMIT_FSIZE, options.file_bytes);
        limit(RLIMIT_CPU, static_cast<std::int64_t>(options.timeout_seconds) + 1);
        limit(RLIMIT_CORE, 1);
        ::execvp(arguments[0], arguments);
    }
    const int code = errno;
    [[maybe_unused]] const ssize_t written = ::write(report, &code, sizeof code);
    ::_exit(127);
}

/// Keeps the last bytes of a stream.
class Tail {
public:
    explicit Tail(std::size_t limit) : m_limit(limit) {}
    void append(const char* data, std::size_t size)
    {
        m_text.append(data, size);
        if (m_text.size() > 2 * m_limit) m_text.erase(0, m_text.size() - m_limit);
    }
    std::string take()
    {
        if (m_text.size() > m_limit) m_text.erase(0, m_text.size() - m_limit);
        return std::move(m_text);
    }

private:
    std::string m_text;
    std::size_t m_limit;
};

/// Reads until the pipe closes, the time is over, or a stop is asked for.
ChildOutcome::End watch(int pipe, const ChildOptions& options, Clock::time_point start, Tail& tail)
{
    const auto deadline = start + std::chrono::duration<double>(options.timeout_seconds);
    std::array<char, 4096> buffer{};
    for (;;) {
        if (options.stop.stop_requested()) return ChildOutcome::End::Stopped;
        if (Clock::now() > deadline) return ChildOutcome::End::TimedOut;
        pollfd waiting{pipe, POLLIN, 0};
        if (::poll(&waiting, 1, kPollMilliseconds) <= 0) continue;
        const ssize_t count = ::read(pipe, buffer.data(), buffer.size());
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return ChildOutcome::End::Exited;
        tail.append(buffer.data(), static_cast<std::size_t>(count));
    }
}

/// Waits for the end of @p child itself, which may close its output early.
ChildOutcome::End awaitEnd(pid_t child, const ChildOptions& options, Clock::time_point start, int& status)
{
    const auto deadline = start + std::chrono::duration<double>(options.timeout_seconds);
    for (;;) {
        const pid_t done = ::waitpid(child, &status, WNOHANG);
        if (done == child || (done < 0 && errno != EINTR)) return ChildOutcome::End::Exited;
        if (options.stop.stop_requested()) return ChildOutcome::End::Stopped;
        if (Clock::now() > deadline) return ChildOutcome::End::TimedOut;
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
}

void endGroup(pid_t child, int& status)
{
    ::kill(-child, SIGKILL);
    ::kill(child, SIGKILL); // the group may not exist yet
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
}

} // namespace

std::string ChildOutcome::ending() const
{
    if (end == End::Signalled) return fmt::format("signal {} ({})", code, ::strsignal(code));
    return fmt::format("status {}", code);
}

Result<ChildOutcome> runChild(const std::vector<std::string>& command, const ChildOptions& options)
{
    const auto failed = [&](int code) {
        return Diagnostic{DiagnosticCode::VerificationCompilerMissing, {command.front(), systemErrorText(code)}};
    };
    std::array<int, 2> output_ends{};
    std::array<int, 2> report_ends{};
    if (::pipe2(output_ends.data(), O_CLOEXEC) != 0) return failed(errno);
    FileDescriptor output(output_ends[0]);
    FileDescriptor output_in(output_ends[1]);
    if (::pipe2(report_ends.data(), O_CLOEXEC) != 0) return failed(errno);
    FileDescriptor report(report_ends[0]);
    FileDescriptor report_in(report_ends[1]);

    std::vector<char*> arguments;
    for (const std::string& argument : command)
        arguments.push_back(const_cast<char*>(argument.c_str()));
    arguments.push_back(nullptr);

    const auto start = Clock::now();
    const pid_t child = ::fork();
    if (child < 0) return failed(errno);
    if (child == 0) become(arguments.data(), options, output_in.get(), report_in.get());
    output_in.close();
    report_in.close();

    int problem = 0;
    int status = 0;
    if (::read(report.get(), &problem, sizeof problem) == sizeof problem) {
        endGroup(child, status);
        return failed(problem);
    }
    Tail tail(options.kept_output_bytes);
    ChildOutcome outcome;
    outcome.end = watch(output.get(), options, start, tail);
    if (outcome.end == ChildOutcome::End::Exited) outcome.end = awaitEnd(child, options, start, status);
    if (outcome.end != ChildOutcome::End::Exited) endGroup(child, status);
    else ::kill(-child, SIGKILL); // whatever it left behind
    outcome.seconds = std::chrono::duration<double>(Clock::now() - start).count();
    outcome.output = tail.take();
    if (outcome.end != ChildOutcome::End::Exited) return outcome;
    if (WIFSIGNALED(status)) {
        outcome.end = WTERMSIG(status) == SIGXCPU ? ChildOutcome::End::TimedOut : ChildOutcome::End::Signalled;
        outcome.code = WTERMSIG(status);
    } else {
        outcome.code = WEXITSTATUS(status);
    }
    return outcome;
}

} // namespace bitwright
