using Pharos.Core.Labels;
using Pharos.Remote.Reading;
using Pharos.Testing;
using MatchType = Pharos.Core.Matching.MatchType;

namespace Pharos.Remote.Tests.Reading;

public sealed class RemoteReadServerTests : IDisposable
{
    private static readonly ReadQuery All = new(0, 1000, [new ReadMatcher((ulong)MatchType.NotEqual, "__name__", "")]);

    private readonly ListedSource _source = new();
    private RemoteReadServer? _server;

    [Fact]
    public void Samples_of_the_range_are_answered_with_external_labels_merged_behind_the_series_own()
    {
        _source.Add(Labels.Of("__name__", "up", "replica", "own", "zone", "z"), (5, 1), (1000, 2), (1001, 3));
        _source.Add(Labels.Of("__name__", "silent"), (2000, 1));
        RemoteReadAnswer answer = Read(ReadBodies.Of([All]), Labels.Of("cluster", "c", "replica", "a"));
        Assert.False(answer.IsStream);
        Assert.Equal(["""{__name__="up", cluster="c", replica="own", zone="z"} 1@5 2@1000"""], Series(answer));
    }

    [Fact]
    public void A_matcher_for_an_external_label_as_it_is_asks_the_store_for_series_without_it()
    {
        ReadQuery query = All with
        {
            Matchers =
            [
                new ReadMatcher((ulong)MatchType.Equal, "cluster", "c"),
                new ReadMatcher((ulong)MatchType.Equal, "replica", "b"),
                new ReadMatcher((ulong)MatchType.Match, "cluster", "c"),
            ],
        };
        Read(ReadBodies.Of([query]), Labels.Of("cluster", "c", "replica", "a")).Samples(TestContext.Current.CancellationToken);
        Assert.Equal(["cluster=\"\"", "replica=\"b\"", "cluster=~\"c\""], _source.Selections.Single().Matchers.Select(static m => m.ToString()));
    }

    [Fact]
    public void Hints_narrow_the_range_and_the_series_function_wants_no_samples()
    {
        _source.Add(Labels.Of("__name__", "up"), (5, 1), (10, 2), (15, 3));
        Assert.Equal(["""{__name__="up"} 2@10"""], Series(Read(ReadBodies.Of([All with { Hints = new ReadHints { StartMs = 6, EndMs = 14 } }]))));
        byte[] message = ReadBodies.Decompress(Read(ReadBodies.Of([All with { Hints = new ReadHints { Function = "series" } }])).Samples(TestContext.Current.CancellationToken).Span);
        Assert.Equal("0A120A100A0E0A085F5F6E616D655F5F12027570", Convert.ToHexString(message));
    }

    [Fact]
    public void Histograms_are_answered_beside_numbers()
    {
        var histograms = new RandomHistograms(3);
        for (int i = 0; i < 100; i++)
        {
            Core.Histograms.FloatHistogram histogram = histograms.Any();
            var source = new ListedSource();
            source.Add(Labels.Of("__name__", "h"), 7, histogram);
            using var server = new RemoteReadServer(source, new PlainCodec(), new RemoteReadLimits());
            var series = new RemoteSeriesList([], 0, 1000);
            SeriesMessageReader.ReadResponse(ReadBodies.Decompress(server.Read(ReadBodies.Of([All]), Labels.Empty).Samples(TestContext.Current.CancellationToken).Span), series);
            var buffer = new Core.Samples.SampleBuffer();
            series.Complete().Single().Read(0, 1000, buffer);
            Assert.True(histogram.ContentEquals(buffer.Histograms[0]), histogram.ToText());
            Assert.Equal(histogram.CounterResetHint, buffer.Histograms[0]!.CounterResetHint);
        }
    }

    [Fact]
    public async Task A_stream_gives_series_in_the_order_of_their_labels_cut_into_frames()
    {
        _source.Add(Labels.Of("__name__", "b"), [.. Enumerable.Range(0, 50).Select(static i => ((long)i, (double)i))]);
        _source.Add(Labels.Of("__name__", "a"), (1, 1));
        _server = new RemoteReadServer(_source, new PlainCodec(), new RemoteReadLimits { MaxBytesInFrame = 200 });
        RemoteReadAnswer answer = _server.Read(ReadBodies.Of([All], ReadRequest.StreamedChunks, ReadRequest.Samples), Labels.Empty);
        Assert.True(answer.IsStream);
        Assert.True(answer.Frames(TestContext.Current.CancellationToken).Count() > 5);
        List<RemoteSeries> series = await ReadBodies.ReadStreamAsync(ReadBodies.Join(answer));
        Assert.Equal(["{__name__=\"a\"}", "{__name__=\"b\"}"], series.Select(static s => s.Labels.ToString()));
        Assert.Equal(50, series[1].Count);
    }

    [Fact]
    public void A_frame_is_byte_for_byte_as_upstream_frames_it()
    {
        _source.Add(Labels.Of("a", "b"), (1, 2));
        byte[] frame = ReadBodies.Join(Read(ReadBodies.Of([All with { Matchers = [] }, All with { Matchers = [] }], ReadRequest.StreamedChunks)));

        // length 36, checksum, series { label { a b }, chunk { 1..1, type 1, 16 bytes } }; the second query's has an index.
        Assert.Equal(0x24, frame[0]);
        const string Series = "0A220A060A016112016212180801100118012210000000000000000140000000000000" + "00";
        Assert.Equal(Series, Convert.ToHexString(frame[5..41]));
        Assert.Equal(Series + "1001", Convert.ToHexString(frame[46..]));
    }

    [Theory]
    [InlineData("", "snappy: corrupt input")]
    [InlineData("deadbeef", "snappy: corrupt input")]
    [InlineData("ffffff7f00", "snappy: decoded length 268435455 exceeds limit 33554432")]
    [InlineData("01000a", "malformed read request: unexpected end at byte 1")]
    public void A_body_that_is_none_is_refused(string hex, string message)
    {
        RemoteReadException refused = Assert.Throws<RemoteReadException>(() => Read(Convert.FromHexString(hex)));
        Assert.Equal((400, message), (refused.StatusCode, refused.Message));
    }

    [Fact]
    public void An_unknown_type_of_answer_a_bad_pattern_and_too_many_samples_are_refused_in_upstreams_words()
    {
        _source.Add(Labels.Of("__name__", "up"), (1, 1), (2, 2));
        Assert.Equal(
            "server does not support any of the requested response types: [7 9]; supported: map[SAMPLES:{} STREAMED_XOR_CHUNKS:{}]",
            Assert.Throws<RemoteReadException>(() => Read(ReadBodies.Of([All], 7, 9))).Message);

        RemoteReadException pattern = Assert.Throws<RemoteReadException>(() => Series(Read(ReadBodies.Of([All with { Matchers = [new ReadMatcher(2, "a", "(")] }]))));
        Assert.StartsWith("error parsing regexp", pattern.Message, StringComparison.Ordinal);
        Assert.Equal(500, pattern.StatusCode);
        Assert.Equal("invalid matcher type", Assert.Throws<RemoteReadException>(() => Series(Read(ReadBodies.Of([All with { Matchers = [new ReadMatcher(4, "a", "")] }])))).Message);

        _server = new RemoteReadServer(_source, new PlainCodec(), new RemoteReadLimits { MaxSamples = 1 });
        RemoteReadException many = Assert.Throws<RemoteReadException>(() => Series(_server.Read(ReadBodies.Of([All]), Labels.Empty)));
        Assert.Equal((400, "exceeded sample limit (1)"), (many.StatusCode, many.Message));
    }

    [Fact]
    public void Mutated_requests_are_read_or_refused_and_never_a_fault()
    {
        var message = new MessageWriter();
        new ReadRequest([All with { Hints = new ReadHints { Function = "rate", Grouping = ["a"], IsBy = true, RangeMs = 1, StepMs = 2 } }], [1, 0]).Write(message);
        byte[] valid = message.Written.ToArray();
        var random = new Random(1);
        for (int i = 0; i < 20_000; i++)
        {
            byte[] mutated = valid[..random.Next(valid.Length + 1)];
            for (int k = random.Next(3); k > 0 && mutated.Length > 0; k--)
            {
                mutated[random.Next(mutated.Length)] = (byte)random.Next(256);
            }

            try
            {
                ReadRequest.Parse(mutated);
            }
            catch (RemoteReadException e)
            {
                Assert.Equal(400, e.StatusCode);
            }
        }
    }

    [Fact]
    public async Task No_more_requests_than_allowed_are_served_at_once()
    {
        _server = new RemoteReadServer(_source, new PlainCodec(), new RemoteReadLimits { MaxConcurrency = 2 });
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        using IDisposable first = await _server.EnterAsync(cancellation);
        IDisposable second = await _server.EnterAsync(cancellation);
        Task<IDisposable> third = _server.EnterAsync(cancellation).AsTask();
        Assert.False(third.IsCompleted);
        Assert.Equal(2, _server.Queries);
        second.Dispose();
        second.Dispose();
        using IDisposable entered = await third;
        Assert.Equal(2, _server.Queries);
    }

    public void Dispose() => _server?.Dispose();

    private static List<string> Series(RemoteReadAnswer answer)
    {
        var series = new RemoteSeriesList([], long.MinValue, long.MaxValue);
        SeriesMessageReader.ReadResponse(ReadBodies.Decompress(answer.Samples(TestContext.Current.CancellationToken).Span), series);
        return [.. series.Complete().Select(ReadBodies.Text)];
    }

    private RemoteReadAnswer Read(byte[] body, Labels? external = null)
    {
        _server ??= new RemoteReadServer(_source, new PlainCodec(), new RemoteReadLimits());
        return _server.Read(body, external ?? Labels.Empty);
    }
}
