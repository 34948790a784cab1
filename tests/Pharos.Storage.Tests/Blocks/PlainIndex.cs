using System.Buffers.Binary;
using System.Text;
using Pharos.Core.Hashing;
using Pharos.Core.Labels;
using Pharos.Storage.Blocks;

namespace Pharos.Storage.Tests.Blocks;

/// <summary>An index written for clarity, by upstream's description: version 1, where series and symbols are referred to by place and tables need no order, or version 2.</summary>
internal sealed class PlainIndex
{
    private readonly List<byte> _bytes = [];
    private readonly int _version;

    public PlainIndex(int version)
    {
        _version = version;
    }

    /// <summary>Parts of the file that a checksum covers: where it begins, how long it is; the checksum follows.</summary>
    public List<(int Start, int Length)> Sections { get; } = [];

    public byte[] Bytes => [.. _bytes];

    public static PlainIndex Write(int version, IReadOnlyList<(Labels Labels, BlockChunk[] Chunks)> series, Random order)
    {
        var index = new PlainIndex(version);
        index.PutUInt32(0xBAAAD700);
        index._bytes.Add((byte)version);
        long symbolsAt = index._bytes.Count;
        Dictionary<string, uint> symbols = index.PutSymbols(series);
        long seriesAt = index._bytes.Count;
        var lists = new Dictionary<(string Name, string Value), List<uint>> { [("", "")] = [] };
        foreach ((Labels labels, BlockChunk[] chunks) in series)
        {
            uint reference = index.PutSeries(labels, chunks, symbols);
            lists[("", "")].Add(reference);
            foreach (Label label in labels)
            {
                lists.TryAdd((label.Name, label.Value), []);
                lists[(label.Name, label.Value)].Add(reference);
            }
        }

        long postingsAt = index._bytes.Count;
        var places = lists.Select(list => (list.Key, Place: index.PutList(list.Value))).ToList();
        places = version == 1
            ? [.. places.OrderBy(_ => order.Next())]
            : [.. places.OrderBy(static place => place.Key.Name, Utf8Ordinal.Comparer).ThenBy(static place => place.Key.Value, Utf8Ordinal.Comparer)];
        long tableAt = index._bytes.Count;
        index.PutSection(section =>
        {
            section.PutUInt32((uint)places.Count);
            foreach (((string name, string value), long place) in places)
            {
                section.PutUvarint(2);
                section.PutText(name);
                section.PutText(value);
                section.PutUvarint((ulong)place);
            }
        });
        int contents = index._bytes.Count;
        foreach (long place in new[] { symbolsAt, seriesAt, 0, 0, postingsAt, tableAt })
        {
            index.PutUInt32((uint)(place >> 32));
            index.PutUInt32((uint)place);
        }

        index.PutChecksum(contents);
        return index;
    }

    private Dictionary<string, uint> PutSymbols(IReadOnlyList<(Labels Labels, BlockChunk[] Chunks)> series)
    {
        var references = new Dictionary<string, uint>();
        var texts = new SortedSet<string>(series.SelectMany(static one => one.Labels).SelectMany(static label => new[] { label.Name, label.Value }), Utf8Ordinal.Comparer);
        PutSection(section =>
        {
            section.PutUInt32((uint)texts.Count);
            foreach (string text in texts)
            {
                references.Add(text, _version == 1 ? (uint)_bytes.Count : (uint)references.Count);
                section.PutText(text);
            }
        });
        return references;
    }

    private uint PutSeries(Labels labels, BlockChunk[] chunks, Dictionary<string, uint> symbols)
    {
        while (_version != 1 && _bytes.Count % 16 != 0)
        {
            _bytes.Add(0);
        }

        int place = _bytes.Count;
        var entry = new PlainIndex(_version);
        entry.PutUvarint((ulong)labels.Count);
        foreach (Label label in labels)
        {
            entry.PutUvarint(symbols[label.Name]);
            entry.PutUvarint(symbols[label.Value]);
        }

        entry.PutUvarint((ulong)chunks.Length);
        for (int i = 0; i < chunks.Length; i++)
        {
            if (i == 0)
            {
                entry.PutVarint(chunks[i].MinTime);
            }
            else
            {
                entry.PutUvarint((ulong)(chunks[i].MinTime - chunks[i - 1].MaxTime));
            }

            entry.PutUvarint((ulong)(chunks[i].MaxTime - chunks[i].MinTime));
            if (i == 0)
            {
                entry.PutUvarint(chunks[i].Reference);
            }
            else
            {
                entry.PutVarint((long)(chunks[i].Reference - chunks[i - 1].Reference));
            }
        }

        PutUvarint((ulong)entry._bytes.Count);
        int start = _bytes.Count;
        _bytes.AddRange(entry._bytes);
        PutChecksum(start);
        return (uint)(_version == 1 ? place : place / 16);
    }

    private long PutList(List<uint> series)
    {
        long place = _bytes.Count;
        PutSection(section =>
        {
            section.PutUInt32((uint)series.Count);
            series.ForEach(section.PutUInt32);
        });
        return place;
    }

    private void PutSection(Action<PlainIndex> put)
    {
        int at = _bytes.Count;
        PutUInt32(0);
        put(this);
        byte[] length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, _bytes.Count - at - 4);
        for (int i = 0; i < 4; i++)
        {
            _bytes[at + i] = length[i];
        }

        PutChecksum(at + 4);
    }

    private void PutChecksum(int start)
    {
        Sections.Add((start, _bytes.Count - start));
        PutUInt32(Crc32C.Compute(Bytes.AsSpan(start)));
    }

    private void PutText(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        PutUvarint((ulong)bytes.Length);
        _bytes.AddRange(bytes);
    }

    private void PutUInt32(uint value) => _bytes.AddRange([(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value]);

    private void PutVarint(long value) => PutUvarint((ulong)(value << 1) ^ (ulong)(value >> 63));

    private void PutUvarint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            _bytes.Add((byte)(value | 0x80));
        }

        _bytes.Add((byte)value);
    }
}
