// SPDX-License-Identifier: GPL-3.0-or-later
#include "interrupt.h"

#include "exit_code.h"

#include <array>
#include <csignal>
#include <thread>
#include <unistd.h>

namespace bitwright::cli {
namespace {

// A signal handler may do little more than write to a pipe; a thread does the rest.
std::array<int, 2> g_pipe{-1, -1};

extern "C" void wakeThread(int)
{
    const char byte = 0;
    [[maybe_unused]] const ssize_t written = ::write(g_pipe[1], &byte, 1);
}

} // namespace

std::stop_token stopOnInterrupt()
{
    std::stop_source source;
    std::stop_token token = source.get_token();
    if (::pipe(g_pipe.data()) != 0) return token;
    std::thread([source = std::move(source)]() mutable {
        char byte = 0;
        if (::read(g_pipe[0], &byte, 1) == 1) source.request_stop();
        if (::read(g_pipe[0], &byte, 1) == 1) ::_exit(kCancelled);
    }).detach();
    struct sigaction action{};
    action.sa_handler = wakeThread;
    action.sa_flags = SA_RESTART;
    ::sigaction(SIGINT, &action, nullptr);
    ::sigaction(SIGTERM, &action, nullptr);
    return token;
}

} // namespace bitwright::cli
