using System.Buffers;
using System.Net;
using Pharos.Core.Histograms;
using Pharos.Core.Labels;
using Pharos.Core.Samples;
using Pharos.Remote.Receiving;
using Pharos.Testing;

namespace Pharos.Remote.Tests.Receiving;

public sealed class RemoteWriteHistogramTests
{
    private const long Now = 1_795_132_800_000;

    private static readonly string[] Name = ["__name__", "h", "job", "node"];

    private static readonly FloatHistogram Sane = new()
    {
        Schema = 2,
        ZeroThreshold = 0.001,
        ZeroCount = 1,
        Count = 10,
        Sum = 7.5,
        PositiveSpans = [new BucketSpan(-3, 2), new BucketSpan(4, 1)],
        PositiveBuckets = [1, 4, 2],
        NegativeSpans = [new BucketSpan(0, 1)],
        NegativeBuckets = [2],
    };

    private readonly InMemoryAppender _store = new();
    private readonly RemoteWriteReceiver _receiver;

    public RemoteWriteHistogramTests()
    {
        _receiver = new RemoteWriteReceiver(_store, new RemoteWriteLimits(), new ManualTimeProvider(DateTimeOffset.FromUnixTimeMilliseconds(Now)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Histograms_of_new_and_known_series_are_stored_as_they_were_sent(bool asIntegers)
    {
        Assert.Equal(HttpStatusCode.NoContent, Send(new WriteRequestBuilder().AddHistograms(Name, [(Now, Sane), (Now + 1, Sane)], asIntegers)).Status);
        Assert.Equal(HttpStatusCode.NoContent, Send(new WriteRequestBuilder().AddHistograms(Name, [(Now + 2, Sane)], asIntegers)).Status);

        Assert.Equal([Now, Now + 1, Now + 2], Stored.Select(static h => h.Timestamp));
        Assert.All(Stored, h => Assert.Equal(asIntegers, h.Histogram.Integers is not null));
        Assert.All(Stored, static h => Assert.True(h.Histogram.ToFloat().ContentEquals(Sane)));
        Assert.Equal((3, 0, 0), (_receiver.Counters.HistogramsAppended, _receiver.Counters.HistogramsRefused, _receiver.Counters.SamplesAppended));
    }

    [Fact]
    public void Random_histograms_of_both_kinds_arrive_with_hints_and_custom_bounds()
    {
        var histograms = new RandomHistograms(7);
        for (int i = 0; i < 300; i++)
        {
            FloatHistogram sent = histograms.Any();
            string[] name = ["__name__", "r", "i", $"{i:D3}"];
            Assert.Equal(HttpStatusCode.NoContent, Send(new WriteRequestBuilder().AddHistograms(name, [(Now, sent)], i % 2 == 0)).Status);
            FloatHistogram read = _store.TimedHistogramsOf(Labels.Of(name)).Single().Histogram.ToFloat();
            Assert.True(sent.ContentEquals(read), $"{sent.ToText()} became {read.ToText()}");
            Assert.Equal(sent.CounterResetHint, read.CounterResetHint);
        }
    }

    [Fact]
    public void A_staleness_marker_is_stored()
    {
        Assert.Equal(HttpStatusCode.NoContent, Send(new WriteRequestBuilder().AddHistograms(Name, [(Now, new FloatHistogram { Sum = Staleness.Marker })], asIntegers: true)).Status);
        Assert.True(Staleness.IsMarker(Stored.Single().Histogram.Sum));
    }

    [Fact]
    public void Numbers_and_histograms_of_one_series_are_both_stored()
    {
        byte[] number = new WriteRequestBuilder().Add(Name, (Now, 1)).ToMessage();
        byte[] histogram = new WriteRequestBuilder().AddHistograms(Name, [(Now + 1, Sane)], asIntegers: true).ToMessage();
        Assert.Equal(HttpStatusCode.NoContent, Send(WriteRequestBuilder.CompressToLiterals([.. number, .. histogram])).Status);
        Assert.Equal([new Sample(Now, 1)], _store.SamplesOf(Labels.Of(Name)));
        Assert.Equal(Now + 1, Stored.Single().Timestamp);
        Assert.Equal((1, 1), (_receiver.Counters.HistogramsAppended, _receiver.Counters.SamplesAppended));
    }

    [Fact]
    public void One_that_makes_no_sense_is_refused_in_upstreams_words_and_the_others_are_stored()
    {
        var wrong = new FloatHistogram { Count = 5, Sum = 1, PositiveSpans = [new BucketSpan(0, 1)], PositiveBuckets = [3] };
        RemoteWriteResponse response = Send(new WriteRequestBuilder().AddHistograms(Name, [(Now, Sane), (Now + 1, wrong), (Now + 2, Sane)], asIntegers: true));

        Assert.Equal(HttpStatusCode.BadRequest, response.Status);
        Assert.Equal(
            "3 observations found in buckets, but the Count field is 5: histogram's observation count should equal the number of observations found in the buckets "
            + $"(in absence of NaN) for series {Labels.Of(Name)}",
            response.Message);
        Assert.Equal([Now, Now + 2], Stored.Select(static h => h.Timestamp));
        Assert.Equal(1, _receiver.Counters.HistogramsRefused);
    }

    [Theory]
    [InlineData(60, "histogram has an invalid schema, which must be between -4 and 8 for exponential buckets, or -53 for custom buckets, got schema 60")]
    [InlineData(-5, "histogram has an invalid schema, which must be between -4 and 8 for exponential buckets, or -53 for custom buckets, got schema -5")]
    public void A_schema_that_is_not_kept_is_refused(int schema, string error)
    {
        RemoteWriteResponse response = Send(new WriteRequestBuilder().AddHistograms(Name, [(Now, new FloatHistogram { Schema = schema })], asIntegers: true));
        Assert.Equal($"{error} for series {Labels.Of(Name)}", response.Message);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_finer_schema_is_reduced(bool asIntegers)
    {
        var fine = new FloatHistogram { Schema = 10, Count = 6, Sum = 9, PositiveSpans = [new BucketSpan(1, 6)], PositiveBuckets = [1, 1, 1, 1, 1, 1] };
        Assert.Equal(HttpStatusCode.NoContent, Send(new WriteRequestBuilder().AddHistograms(Name, [(Now, fine)], asIntegers)).Status);
        Assert.True(Stored.Single().Histogram.ToFloat().ContentEquals(fine.ReduceResolution(8)));
    }

    [Fact]
    public void Spans_of_a_finer_schema_that_disagree_with_the_buckets_are_refused()
    {
        var fine = new FloatHistogram { Schema = 10, Count = 6, Sum = 9, PositiveSpans = [new BucketSpan(1, 7)], PositiveBuckets = [1] };
        RemoteWriteResponse response = Send(new WriteRequestBuilder().AddHistograms(Name, [(Now, fine)], asIntegers: true));
        Assert.StartsWith("positive side: spans need 7 buckets, have 1 buckets", response.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_that_is_too_far_ahead_out_of_order_or_a_duplicate_is_refused_alone()
    {
        long ahead = Now + (long)new RemoteWriteLimits().MaxAhead.TotalMilliseconds + 1;
        FloatHistogram other = Sane.Multiply(2);
        RemoteWriteResponse response = Send(new WriteRequestBuilder().AddHistograms(Name, [(Now, Sane), (Now - 1, Sane), (Now, other), (ahead, Sane)], asIntegers: true));

        Assert.Equal(
            $"out of bounds for series {Labels.Of(Name)}\nout of order sample for series {Labels.Of(Name)}\nduplicate sample for timestamp for series {Labels.Of(Name)}",
            response.Message);
        Assert.Equal((1, 3), (_receiver.Counters.HistogramsAppended, _receiver.Counters.HistogramsRefused));
    }

    [Fact]
    public void Nothing_of_a_request_with_a_malformed_histogram_is_stored()
    {
        byte[] good = new WriteRequestBuilder().Add(["__name__", "x"], (Now, 1)).ToMessage();
        byte[] labels = InMemoryAppender.Encode(Labels.Of(Name));
        byte[] bad = [.. labels, 0x22, 0x03, 0x08, 0xff, 0xff];
        RemoteWriteResponse response = Send(WriteRequestBuilder.CompressToLiterals([.. good, 0x0a, (byte)bad.Length, .. bad]));

        Assert.Equal(HttpStatusCode.BadRequest, response.Status);
        Assert.StartsWith("malformed write request", response.Message, StringComparison.Ordinal);
        Assert.Empty(_store.Series);
    }

    [Fact]
    public void A_series_that_is_dropped_meanwhile_is_made_anew_with_its_histograms()
    {
        Send(new WriteRequestBuilder().AddHistograms(Name, [(Now, Sane)], asIntegers: true));
        _store.DropsBeforeAppend = 1;
        Assert.Equal(HttpStatusCode.NoContent, Send(new WriteRequestBuilder().AddHistograms(Name, [(Now + 1, Sane)], asIntegers: true)).Status);
        Assert.Equal([Now + 1], Stored.Select(static h => h.Timestamp));
    }

    [Fact]
    public void Mutated_requests_never_crash()
    {
        var random = new Random(3);
        var histograms = new RandomHistograms(4);
        for (int round = 0; round < 5000; round++)
        {
            byte[] message = new WriteRequestBuilder().AddHistograms(Name, [(Now + round, histograms.Any()), (Now + round, histograms.Any())], random.Next(2) == 0).ToMessage();
            for (int edits = 1 + random.Next(4); edits > 0; edits--)
            {
                message[random.Next(message.Length)] ^= (byte)(1 << random.Next(8));
            }

            RemoteWriteResponse response = Send(WriteRequestBuilder.CompressToLiterals(message.AsSpan(0, random.Next(message.Length + 1))));
            Assert.True(response.Status is HttpStatusCode.NoContent or HttpStatusCode.BadRequest, response.Message);
        }
    }

    private IReadOnlyList<(long Timestamp, NativeHistogram Histogram)> Stored => _store.TimedHistogramsOf(Labels.Of(Name));

    private RemoteWriteResponse Send(WriteRequestBuilder request) => Send(request.ToBody());

    private RemoteWriteResponse Send(byte[] body) => _receiver.Receive("application/x-protobuf", "snappy", new ReadOnlySequence<byte>(body));
}
