using System.Text;
using Pharos.Remote.Receiving;

namespace Pharos.Remote.Reading;

/// <summary>The message <c>ReadRequest</c>. Format: upstream's prompb/remote.proto and prompb/types.proto.</summary>
/// <param name="Queries">At most <see cref="MaxQueries"/>.</param>
/// <param name="Accepted">The types of answers that the asker takes, the best first; none means samples.</param>
internal sealed record ReadRequest(IReadOnlyList<ReadQuery> Queries, IReadOnlyList<ulong> Accepted)
{
    /// <summary>An answer of samples in one message.</summary>
    public const ulong Samples = 0;

    /// <summary>A stream of messages with chunks.</summary>
    public const ulong StreamedChunks = 1;

    private const int MaxQueries = 10_000;
    private const int MaxMatchers = 10_000;

    /// <summary>The type to answer with.</summary>
    /// <exception cref="RemoteReadException">None of the accepted ones is known.</exception>
    public ulong NegotiateType()
    {
        if (Accepted.Count == 0)
        {
            return Samples;
        }

        foreach (ulong type in Accepted)
        {
            if (type is Samples or StreamedChunks)
            {
                return type;
            }
        }

        throw new RemoteReadException(
            RemoteReadException.BadRequest,
            $"server does not support any of the requested response types: [{string.Join(' ', Accepted)}]; supported: map[SAMPLES:{{}} STREAMED_XOR_CHUNKS:{{}}]");
    }

    public void Write(MessageWriter writer)
    {
        foreach (ReadQuery query in Queries)
        {
            int start = writer.Begin(1);
            writer.Number(1, (ulong)query.StartMs);
            writer.Number(2, (ulong)query.EndMs);
            foreach (ReadMatcher matcher in query.Matchers)
            {
                int inner = writer.Begin(3);
                writer.Number(1, matcher.Type);
                writer.Text(2, matcher.Name);
                writer.Text(3, matcher.Value);
                writer.End(inner);
            }

            if (query.Hints is { } hints)
            {
                WriteHints(writer, hints);
            }

            writer.End(start);
        }

        foreach (ulong type in Accepted)
        {
            writer.PresentNumber(2, type);
        }
    }

    /// <exception cref="RemoteReadException">The bytes are no such message.</exception>
    public static ReadRequest Parse(ReadOnlySpan<byte> message)
    {
        var reader = new ProtoReader(message);
        var queries = new List<ReadQuery>();
        var accepted = new List<ulong>();
        while (reader.TryReadKey(out int field, out int wireType))
        {
            switch (field, wireType)
            {
                case (1, ProtoReader.Bytes) when reader.TryReadBytes(out ReadOnlySpan<byte> query):
                    queries.Add(ParseQuery(query));
                    ThrowIfTooMany(queries.Count, MaxQueries, "queries");
                    break;
                case (2, ProtoReader.Varint) when reader.TryReadVarint(out ulong type):
                    accepted.Add(type);
                    ThrowIfTooMany(accepted.Count, MaxQueries, "response types");
                    break;
                case (2, ProtoReader.Bytes) when reader.TryReadBytes(out ReadOnlySpan<byte> packed):
                    ParsePacked(packed, accepted);
                    break;
                default:
                    reader.TrySkip(wireType);
                    break;
            }
        }

        ThrowIfMalformed(reader.Error);
        return new ReadRequest(queries, accepted);
    }

    private static void WriteHints(MessageWriter writer, ReadHints hints)
    {
        int start = writer.Begin(4);
        writer.Number(1, (ulong)hints.StepMs);
        writer.Text(2, hints.Function);
        writer.Number(3, (ulong)hints.StartMs);
        writer.Number(4, (ulong)hints.EndMs);
        foreach (string name in hints.Grouping)
        {
            writer.Text(5, name);
        }

        writer.Number(6, hints.IsBy ? 1UL : 0);
        writer.Number(7, (ulong)hints.RangeMs);
        writer.End(start);
    }

    private static void ParsePacked(ReadOnlySpan<byte> packed, List<ulong> accepted)
    {
        var reader = new ProtoReader(packed);
        while (reader.Position < packed.Length && reader.TryReadVarint(out ulong type))
        {
            accepted.Add(type);
            ThrowIfTooMany(accepted.Count, MaxQueries, "response types");
        }

        ThrowIfMalformed(reader.Error);
    }

    private static ReadQuery ParseQuery(ReadOnlySpan<byte> message)
    {
        var reader = new ProtoReader(message);
        var query = new ReadQuery(0, 0, []);
        var matchers = new List<ReadMatcher>();
        while (reader.TryReadKey(out int field, out int wireType))
        {
            switch (field, wireType)
            {
                case (1, ProtoReader.Varint) when reader.TryReadVarint(out ulong start):
                    query = query with { StartMs = (long)start };
                    break;
                case (2, ProtoReader.Varint) when reader.TryReadVarint(out ulong end):
                    query = query with { EndMs = (long)end };
                    break;
                case (3, ProtoReader.Bytes) when reader.TryReadBytes(out ReadOnlySpan<byte> matcher):
                    matchers.Add(ParseMatcher(matcher));
                    ThrowIfTooMany(matchers.Count, MaxMatchers, "matchers of a query");
                    break;
                case (4, ProtoReader.Bytes) when reader.TryReadBytes(out ReadOnlySpan<byte> hints):
                    query = query with { Hints = ParseHints(hints) };
                    break;
                default:
                    reader.TrySkip(wireType);
                    break;
            }
        }

        ThrowIfMalformed(reader.Error);
        return query with { Matchers = matchers };
    }

    private static ReadMatcher ParseMatcher(ReadOnlySpan<byte> message)
    {
        var reader = new ProtoReader(message);
        var matcher = new ReadMatcher(0, "", "");
        while (reader.TryReadKey(out int field, out int wireType))
        {
            switch (field, wireType)
            {
                case (1, ProtoReader.Varint) when reader.TryReadVarint(out ulong type):
                    matcher = matcher with { Type = type };
                    break;
                case (2, ProtoReader.Bytes) when reader.TryReadBytes(out ReadOnlySpan<byte> name):
                    matcher = matcher with { Name = Encoding.UTF8.GetString(name) };
                    break;
                case (3, ProtoReader.Bytes) when reader.TryReadBytes(out ReadOnlySpan<byte> value):
                    matcher = matcher with { Value = Encoding.UTF8.GetString(value) };
                    break;
                default:
                    reader.TrySkip(wireType);
                    break;
            }
        }

        ThrowIfMalformed(reader.Error);
        return matcher;
    }

    private static ReadHints ParseHints(ReadOnlySpan<byte> message)
    {
        var reader = new ProtoReader(message);
        var hints = new ReadHints();
        while (reader.TryReadKey(out int field, out int wireType))
        {
            switch (field, wireType)
            {
                case (1, ProtoReader.Varint) when reader.TryReadVarint(out ulong step):
                    hints = hints with { StepMs = (long)step };
                    break;
                case (2, ProtoReader.Bytes) when reader.TryReadBytes(out ReadOnlySpan<byte> function):
                    hints = hints with { Function = Encoding.UTF8.GetString(function) };
                    break;
                case (3, ProtoReader.Varint) when reader.TryReadVarint(out ulong start):
                    hints = hints with { StartMs = (long)start };
                    break;
                case (4, ProtoReader.Varint) when reader.TryReadVarint(out ulong end):
                    hints = hints with { EndMs = (long)end };
                    break;
                default:
                    reader.TrySkip(wireType);
                    break;
            }
        }

        ThrowIfMalformed(reader.Error);
        return hints;
    }

    private static void ThrowIfTooMany(int count, int limit, string what)
    {
        if (count > limit)
        {
            throw new RemoteReadException(RemoteReadException.BadRequest, $"the read request has more than {limit} {what}");
        }
    }

    private static void ThrowIfMalformed(string? error)
    {
        if (error is not null)
        {
            throw new RemoteReadException(RemoteReadException.BadRequest, "malformed read request: " + error);
        }
    }
}
