using System.Buffers.Binary;
using System.Globalization;
using Pharos.Core.Hashing;
using Pharos.Storage.Chunks;
using Pharos.Storage.Files;

namespace Pharos.Storage.Blocks;

/// <summary>
/// Writes the segments of a block's folder <c>chunks</c>, cutting where upstream cuts so that they come out byte for byte equal. Per chunk: length, encoding, data, CRC32C of
/// the last two. Format: upstream's tsdb/docs/format/chunks.md. For one thread.
/// </summary>
internal sealed class ChunkSegmentWriter : IDisposable
{
    /// <summary>Upstream's size of a segment.</summary>
    public const long DefaultSegmentBytes = 512 << 20;

    private const uint Magic = 0x85BD40DD;
    private const byte Version = 1;
    private const int HeaderBytes = 8;

    // What upstream reckons with per chunk: five bytes of length, whatever it takes, one of encoding and four of checksum.
    private const int FrameBytes = 5 + 1 + 4;

    private readonly IStoreFiles _files;
    private readonly string _folder;
    private readonly long _segmentBytes;
    private SequentialFile? _file;
    private int _segments;
    private long _seriesStart;
    private long _reckoned;
    private bool _isFirstOfSeries;
    private bool _wasCut;

    /// <param name="files">Makes the files.</param>
    /// <param name="folder">Made here.</param>
    /// <param name="segmentBytes">Size of a segment at most, unless a single chunk is larger.</param>
    public ChunkSegmentWriter(IStoreFiles files, string folder, long segmentBytes)
    {
        _files = files;
        _folder = folder;
        _segmentBytes = segmentBytes;
        files.CreateFolder(folder);
    }

    /// <summary>Says that the chunks from here on belong to another series: upstream decides series by series where to cut.</summary>
    public void BeginSeries()
    {
        _seriesStart = _file?.Position ?? 0;
        _reckoned = 0;
        _isFirstOfSeries = true;
        _wasCut = false;
    }

    /// <summary>Writes a chunk; returns its reference.</summary>
    /// <exception cref="IOException">The disk is full, or refuses.</exception>
    public ulong Write(in ChunkView chunk)
    {
        if (_file is null)
        {
            Cut();
        }

        if (MustCut(FrameBytes + chunk.Length))
        {
            Cut();
            _reckoned = FrameBytes + chunk.Length;
        }

        _isFirstOfSeries = false;
        return Put(chunk);
    }

    /// <summary>Forces everything to disk.</summary>
    /// <exception cref="IOException">The disk is full, or refuses.</exception>
    public void Finish()
    {
        CloseSegment();
        _files.SyncFolder(_folder);
    }

    public void Dispose() => _file?.Dispose();

    private bool MustCut(long bytes)
    {
        _reckoned += bytes;
        if (!_wasCut && _seriesStart > HeaderBytes)
        {
            _wasCut = _reckoned + _seriesStart > _segmentBytes;
            return _wasCut;
        }

        return !_isFirstOfSeries && _reckoned + HeaderBytes > _segmentBytes;
    }

    private ulong Put(in ChunkView chunk)
    {
        long position = _file!.Position;
        Span<byte> frame = stackalloc byte[6];
        int length = 0;
        uint rest = (uint)chunk.Length;
        for (; rest >= 0x80; rest >>= 7)
        {
            frame[length++] = (byte)(rest | 0x80);
        }

        frame[length++] = (byte)rest;
        frame[length++] = (byte)chunk.Encoding;
        ReadOnlySpan<byte> data = chunk.Bytes;
        _file.Write(frame[..length]);
        _file.Write(data);
        _file.WriteBigEndian(Crc32C.Append(Crc32C.Compute(frame.Slice(length - 1, 1)), data));
        return ((ulong)(uint)(_segments - 1) << 32) | (uint)position;
    }

    private void Cut()
    {
        CloseSegment();
        _segments++;
        _file = new SequentialFile(_files, Path.Combine(_folder, _segments.ToString("D6", CultureInfo.InvariantCulture)));
        Span<byte> header = stackalloc byte[HeaderBytes];
        BinaryPrimitives.WriteUInt32BigEndian(header, Magic);
        header[sizeof(uint)] = Version;
        _file.Write(header);
    }

    private void CloseSegment()
    {
        if (_file is not null)
        {
            _file.Finish();
            _file.Dispose();
            _file = null;
        }
    }
}
