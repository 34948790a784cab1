using System.Buffers.Binary;
using Pharos.Storage.Chunks;

namespace Pharos.Storage.Tests;

/// <summary>Reads upstream's file of mapped head chunks: 8 bytes of head; per chunk reference, first and last time, encoding, length, bytes, checksum.</summary>
internal static class MappedChunks
{
    public static IEnumerable<(ulong Reference, long MinTime, ChunkEncoding Encoding, byte[] Bytes)> Read(string path)
    {
        byte[] file = File.ReadAllBytes(path);
        Assert.Equal(0x0130BC91u, BinaryPrimitives.ReadUInt32BigEndian(file));
        int at = 8;
        while (at + 25 < file.Length && BinaryPrimitives.ReadUInt64BigEndian(file.AsSpan(at)) != 0)
        {
            ulong reference = BinaryPrimitives.ReadUInt64BigEndian(file.AsSpan(at));
            long minTime = BinaryPrimitives.ReadInt64BigEndian(file.AsSpan(at + 8));
            var encoding = (ChunkEncoding)file[at + 24];
            at += 25;
            int length = 0;
            for (int shift = 0; ; shift += 7)
            {
                byte b = file[at++];
                length |= (b & 0x7f) << shift;
                if (b < 0x80)
                {
                    break;
                }
            }

            yield return (reference, minTime, encoding, file[at..(at + length)]);
            at += length + 4;
        }
    }
}
