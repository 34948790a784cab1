using System.Globalization;
using Pharos.Core.Samples;
using Pharos.Storage.Blocks;
using Pharos.Storage.Chunks;
using Pharos.Storage.Native;

namespace Pharos.Storage.Repair;

/// <summary>The chunks of a block of which segments may be damaged or missing. Not thread-safe.</summary>
internal sealed unsafe class SalvagedChunks : IDisposable
{
    private readonly Dictionary<ulong, MappedFile> _segments = [];
    private readonly SampleBuffer _samples = new();

    public SalvagedChunks(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        foreach (string path in Directory.EnumerateFiles(folder))
        {
            // References count segments from 0, names from 1.
            if (ulong.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out ulong number) && number > 0 && new FileInfo(path).Length > 0)
            {
                _segments[number - 1] = new MappedFile(path);
            }
        }
    }

    /// <summary>Reads a chunk; false where there is no whole one that decodes.</summary>
    public bool TryRead(ulong reference, long minTime, long maxTime, out ChunkView chunk)
    {
        chunk = default;
        if (!_segments.TryGetValue(reference >> 32, out MappedFile? file))
        {
            return false;
        }

        try
        {
            uint offset = (uint)reference;
            var head = new SectionReader(file, offset, Math.Max(0, Math.Min(10, file.Length - offset)));
            ulong length = head.ReadUvarint();
            if (length is < ChunkView.MinLength or > int.MaxValue - 1)
            {
                return false;
            }

            var reader = new SectionReader(file, head.Offset, (long)length + 1 + sizeof(uint));
            SectionReader.Verify(file, reader.Offset, (long)length + 1);
            var encoding = (ChunkEncoding)reader.ReadByte();
            chunk = new ChunkView(encoding, reader.Pointer, (int)length, minTime, maxTime);
            _samples.Clear();
            return ChunkDecoder.TryAppend(chunk, long.MinValue, long.MaxValue, _samples, out _);
        }
        catch (CorruptionException)
        {
            // What is lost is counted by the caller.
            return false;
        }
    }

    public void Dispose()
    {
        foreach (MappedFile segment in _segments.Values)
        {
            segment.Dispose();
        }
    }
}
