using System.Runtime.InteropServices;

namespace Pharos.Storage.Native;

/// <summary>The kernel's priority of a thread: .NET's own has no effect on Linux.</summary>
internal static partial class ThreadNiceness
{
    private const int OfProcessOrThread = 0;

    // About a tenth of a core where others want all of it. Less would let those wait who wait for a lock that this thread holds for microseconds.
    private const int Nice = 10;

    /// <summary>Lets other threads of the machine run before the calling one from now on. A kernel that refuses leaves it as it is.</summary>
    public static void YieldToOthers() => _ = SetPriority(OfProcessOrThread, 0, Nice);

    [LibraryImport("libc", EntryPoint = "setpriority", SetLastError = true)]
    private static partial int SetPriority(int which, int who, int niceness);
}
