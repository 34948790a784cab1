using System.Buffers.Binary;
using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;

namespace Pharos.State;

/// <summary>
/// Gives what root makes to the owner of the folder around it: an administrator who sets a password by <c>sudo pharos user …</c> must not leave
/// a file that the server, which runs as somebody else, cannot read. .NET knows no owners, hence libc.
/// </summary>
internal static class FileOwner
{
    private const int CurrentFolder = -100;
    private const uint OwnerAndGroup = 0x8 | 0x10;

    // struct statx has the same layout on every architecture; the owner and the group are its sixth and seventh word.
    private const int StatxBytes = 256;
    private const int UserOffset = 20;
    private const int GroupOffset = 24;

    public static bool IsRoot => GetEffectiveUser() == 0;

    /// <summary>Does nothing unless root asks.</summary>
    /// <exception cref="IOException">The owner cannot be found or set.</exception>
    public static void Inherit(string path, string folder)
    {
        if (IsRoot)
        {
            (uint user, uint group) = Of(folder);
            Set(path, user, group);
        }
    }

    internal static (uint User, uint Group) Of(string path)
    {
        byte[] status = new byte[StatxBytes];
        if (Statx(CurrentFolder, Terminated(path), 0, OwnerAndGroup, status) != 0)
        {
            throw Failure(path);
        }

        ReadOnlySpan<byte> bytes = status;
        return BitConverter.IsLittleEndian
            ? (BinaryPrimitives.ReadUInt32LittleEndian(bytes[UserOffset..]), BinaryPrimitives.ReadUInt32LittleEndian(bytes[GroupOffset..]))
            : (BinaryPrimitives.ReadUInt32BigEndian(bytes[UserOffset..]), BinaryPrimitives.ReadUInt32BigEndian(bytes[GroupOffset..]));
    }

    internal static void Set(string path, uint user, uint group)
    {
        if (ChangeOwner(Terminated(path), user, group) != 0)
        {
            throw Failure(path);
        }
    }

    private static byte[] Terminated(string path) => Encoding.UTF8.GetBytes(path + '\0');

    private static IOException Failure(string path) => new($"{path}: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}");

    [DllImport("libc", EntryPoint = "geteuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint GetEffectiveUser();

    [DllImport("libc", EntryPoint = "statx", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Statx(int folder, byte[] path, int flags, uint mask, byte[] status);

    [DllImport("libc", EntryPoint = "chown", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int ChangeOwner(byte[] path, uint user, uint group);
}
