using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Pharos.Config.Printing;

/// <summary>A short text that two sections share exactly when they say the same, secrets included.</summary>
public static class CanonicalFingerprint
{
    /// <summary>64 hexadecimal digits.</summary>
    public static string Of(CanonicalNode node)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, node);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Append(IncrementalHash hash, CanonicalNode node)
    {
        switch (node)
        {
            case CanonicalScalar scalar:
                AppendText(hash, scalar.IsText ? 't' : 'l', scalar.Identity);
                break;
            case CanonicalList list:
                AppendCount(hash, '[', list.Items.Count);
                foreach (CanonicalNode item in list.Items)
                {
                    Append(hash, item);
                }

                break;
            case CanonicalMapping mapping:
                AppendCount(hash, '{', mapping.Fields.Count);
                foreach ((string name, CanonicalNode value) in mapping.Fields)
                {
                    AppendText(hash, 'k', name);
                    Append(hash, value);
                }

                break;
        }
    }

    private static void AppendText(IncrementalHash hash, char kind, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        AppendCount(hash, kind, bytes.Length);
        hash.AppendData(bytes);
    }

    private static void AppendCount(IncrementalHash hash, char kind, int count)
    {
        Span<byte> head = stackalloc byte[5];
        head[0] = (byte)kind;
        BinaryPrimitives.WriteInt32LittleEndian(head[1..], count);
        hash.AppendData(head);
    }
}
