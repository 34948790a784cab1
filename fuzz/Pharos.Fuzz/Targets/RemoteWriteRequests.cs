using System.Buffers;
using System.Net;
using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Core.Samples;
using Pharos.Remote.Receiving;
using Pharos.Testing;

namespace Pharos.Fuzz.Targets;

/// <summary>Any message of remote write 1.0 is answered in one of the few ways there are, and histograms that reach the store make sense.</summary>
internal static class RemoteWriteRequests
{
    // Small, so that inputs reach them.
    private static readonly RemoteWriteLimits Limits = new() { MaxMessageBytes = 1 << 20, MaxSamples = 2000, MaxLabels = 40, MaxNameBytes = 512, MaxValueBytes = 2048 };

    /// <summary>Keys and lengths of protobuf, as far as they are text.</summary>
    public static IReadOnlyList<string> Words { get; } =
    [
        "\n\0", "\n\u0008\n\u0008__name__", "\u0012\u0001h", "\"\u0002\u0008\u0001", "\u0008\u0005", "\u0011\0\0\0\0\0\0\0@", "\u0019\0\0\0\0\0\0\0@", "\u0020\u0002", "\u0020\u0069", "\u0030\u0001",
        "Z\u0004\u0008\u0002\u0010\u0001", "b\u0001\u0002", "j\u0008\0\0\0\0\0\0\0@", "p\u0003", "x\u0001", "B\u0004\u0008\u0001\u0010\u0002", "J\u0002\u0002\u0001", "\u007f\u007f\u007f\u007f",
    ];

    public static void Run(ReadOnlySpan<byte> input)
    {
        var store = new CheckingAppender();
        var receiver = new RemoteWriteReceiver(new WithoutBytes(store), Limits, TimeProvider.System, store);
        RemoteWriteResponse response = receiver.Receive("application/x-protobuf", "snappy", new ReadOnlySequence<byte>(WriteRequestBuilder.CompressToLiterals(input)));
        if (response.Status is not (HttpStatusCode.NoContent or HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge))
        {
            throw new FuzzFailureException($"{response.Status}: {response.Message}");
        }
    }

    // Senders may spell labels in any order: their bytes are aliases.
    private sealed class WithoutBytes(CheckingAppender store) : ISeriesAppender
    {
        public bool TryFind(ReadOnlySpan<byte> labelBytes, out SeriesRef series) => store.TryFind(labelBytes, out series);

        public SeriesRef GetOrAdd(Labels labels, ReadOnlySpan<byte> wireBytes = default) => store.GetOrAdd(labels, InMemoryAppender.Encode(labels));

        public AppendSummary Append(SampleBatch batch) => store.Append(batch);
    }
}
