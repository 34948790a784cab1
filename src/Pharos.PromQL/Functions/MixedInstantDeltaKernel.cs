namespace Pharos.PromQL.Functions;

/// <summary><c>irate</c> and <c>idelta</c>, where the last two samples of the window may be histograms or know when they began.</summary>
internal sealed class MixedInstantDeltaKernel(bool isRate) : MixedKernel
{
    public override void Compute(in HistogramWindow window, ReadOnlySpan<double> values, int step, RowSpan output, ref HistogramNotices notices)
    {
        int last = window.Length - 1;
        if (last < 1)
        {
            return;
        }

        switch (window.Histograms[last - 1], window.Histograms[last])
        {
            case (null, null):
                double value = values[last];
                double before = values[last - 1];
                double difference = isRate && (value < before || window.IsStartReset(last)) ? value : value - before;
                output.Set(step, isRate ? difference / ((window.Timestamps[last] - window.Timestamps[last - 1]) / 1000.0) : difference);
                break;
            case (not null, not null):
                if (NativeHistogramInstantDelta.Compute(window, isRate, ref notices) is { } result)
                {
                    output.Set(step, result);
                }

                break;
            default:
                notices |= HistogramNotices.MixedFloatsAndHistograms;
                break;
        }
    }
}
