using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Pharos.Access.Authentication;

/// <summary>
/// Names texts by 128 bits under a key that lives and dies with the process: what is kept of a password by it is of no use to anybody, and
/// nobody outside can make two texts meet.
/// </summary>
internal sealed class KeyedHash
{
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    /// <summary>Texts are told apart by their lengths: ("a","bc") is not ("ab","c").</summary>
    public UInt128 Of(string first, string second = "", string third = "")
    {
        int size = (3 * sizeof(int)) + Encoding.UTF8.GetByteCount(first) + Encoding.UTF8.GetByteCount(second) + Encoding.UTF8.GetByteCount(third);
        byte[] buffer = new byte[size];
        Span<byte> rest = buffer;
        rest = Append(rest, first);
        rest = Append(rest, second);
        Append(rest, third);
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, buffer, hash);
        CryptographicOperations.ZeroMemory(buffer);
        return BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }

    private static Span<byte> Append(Span<byte> target, string text)
    {
        int length = Encoding.UTF8.GetBytes(text, target[sizeof(int)..]);
        BinaryPrimitives.WriteInt32LittleEndian(target, length);
        return target[(sizeof(int) + length)..];
    }
}
