using System.Collections.Immutable;
using Pharos.Core.Histograms;
using Pharos.Core.Samples;

namespace Pharos.Storage.Tests.Chunks;

/// <summary>Encodes histograms of one layout as upstream's four encodings of them, a bit at a time.</summary>
internal static class PlainHistogramChunk
{
    public static byte[] Encode(IReadOnlyList<(long Time, long Start, FloatHistogram Histogram)> samples, bool asIntegers, bool withStarts, byte resetHeader)
    {
        var bits = new PlainBits();
        var starts = new PlainStartTimes();
        FloatHistogram first = samples[0].Histogram;
        Layout(bits, first);
        var integers = new IntegerState();
        var floats = new FloatState();
        long step = 0;
        for (int i = 0; i < samples.Count; i++)
        {
            (long time, long start, FloatHistogram histogram) = samples[i];
            long before = i == 0 ? 0 : samples[i - 1].Time;
            if (i == 0)
            {
                bits.Varbit(time);
            }
            else
            {
                bits.Varbit(time - before - step);
                step = time - before;
            }

            if (asIntegers)
            {
                integers.Put(bits, histogram, i == 0);
            }
            else
            {
                floats.Put(bits, histogram, i == 0);
            }

            if (withStarts)
            {
                starts.Put(bits, i, time, before, start);
            }
        }

        byte high = (byte)(samples.Count >> 8);
        return withStarts
            ? [(byte)(high | resetHeader), (byte)samples.Count, starts.Header, .. bits.Bytes]
            : [high, (byte)samples.Count, resetHeader, .. bits.Bytes];
    }

    private static void Layout(PlainBits bits, FloatHistogram histogram)
    {
        if (histogram.ZeroThreshold == 0)
        {
            bits.Put(0, 8);
        }
        else if (double.IsPow2(histogram.ZeroThreshold) && histogram.ZeroThreshold is >= 7.0747e-74 and <= 1024)
        {
            bits.Put((ulong)(Math.ILogB(histogram.ZeroThreshold) + 1 + 243), 8);
        }
        else
        {
            bits.Put(255, 8);
            bits.Put(histogram.ZeroThreshold);
        }

        bits.Varbit(histogram.Schema);
        Spans(bits, histogram.PositiveSpans);
        Spans(bits, histogram.NegativeSpans);
        if (histogram.UsesCustomBuckets)
        {
            bits.UnsignedVarbit((ulong)histogram.CustomValues.Length);
            foreach (double bound in histogram.CustomValues)
            {
                double thousandths = bound * 1000;
                if (thousandths is >= 0 and <= 33554430 && Math.Round(thousandths) / 1000 == bound)
                {
                    bits.UnsignedVarbit((ulong)Math.Round(thousandths) + 1);
                }
                else
                {
                    bits.Put("0");
                    bits.Put(bound);
                }
            }
        }
    }

    private static void Spans(PlainBits bits, ImmutableArray<BucketSpan> spans)
    {
        bits.UnsignedVarbit((ulong)spans.Length);
        foreach (BucketSpan span in spans)
        {
            bits.UnsignedVarbit((ulong)span.Length);
            bits.Varbit(span.Offset);
        }
    }

    private static long[] DeltasOf(ImmutableArray<double> counts) => [.. counts.Select((count, i) => (long)count - (i == 0 ? 0 : (long)counts[i - 1]))];

    private sealed class IntegerState
    {
        private long[] _values = [];
        private long[] _steps = [];
        private double _sum;
        private int _leading = -1;
        private int _trailing;

        public void Put(PlainBits bits, FloatHistogram histogram, bool isFirst)
        {
            bool isStale = Staleness.IsMarker(histogram.Sum);
            long[] now = [(long)histogram.Count, (long)histogram.ZeroCount, .. DeltasOf(histogram.PositiveBuckets), .. DeltasOf(histogram.NegativeBuckets)];
            if (isFirst)
            {
                bits.UnsignedVarbit((ulong)now[0]);
                bits.UnsignedVarbit((ulong)now[1]);
                bits.Put(histogram.Sum);
                foreach (long value in now[2..])
                {
                    bits.Varbit(value);
                }

                _values = now;
                _steps = new long[now.Length];
                _sum = histogram.Sum;
                return;
            }

            for (int i = 0; i < now.Length; i++)
            {
                long step = now[i] - _values[i];
                bits.Varbit(isStale ? 0 : step - _steps[i]);
                _steps[i] = step;
                _values[i] = now[i];
                if (i == 1)
                {
                    bits.Xor(histogram.Sum, _sum, ref _leading, ref _trailing);
                    _sum = histogram.Sum;
                }
            }
        }
    }

    private sealed class FloatState
    {
        private double[] _values = [];
        private int[] _leading = [];
        private int[] _trailing = [];

        public void Put(PlainBits bits, FloatHistogram histogram, bool isFirst)
        {
            double[] now = [histogram.Count, histogram.ZeroCount, histogram.Sum, .. histogram.PositiveBuckets, .. histogram.NegativeBuckets];
            if (isFirst)
            {
                _leading = [.. now.Select(static _ => -1)];
                _trailing = new int[now.Length];
                foreach (double value in now)
                {
                    bits.Put(value);
                }

                _values = now;
                return;
            }

            for (int i = 0; i < now.Length; i++)
            {
                bits.Xor(now[i], _values[i], ref _leading[i], ref _trailing[i]);
                _values[i] = now[i];
            }
        }
    }
}
