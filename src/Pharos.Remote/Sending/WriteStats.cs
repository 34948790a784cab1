using System.Globalization;
using System.Net.Http.Headers;

namespace Pharos.Remote.Sending;

/// <summary>What a receiver says that it wrote.</summary>
/// <param name="Samples">Samples written.</param>
/// <param name="Histograms">Histograms written.</param>
/// <param name="Exemplars">Exemplars written.</param>
/// <param name="IsConfirmed">Whether it said anything: receivers of version 1 do not.</param>
internal readonly record struct WriteStats(int Samples, int Histograms, int Exemplars, bool IsConfirmed)
{
    public const string SamplesHeader = "X-Prometheus-Remote-Write-Samples-Written";
    public const string HistogramsHeader = "X-Prometheus-Remote-Write-Histograms-Written";
    public const string ExemplarsHeader = "X-Prometheus-Remote-Write-Exemplars-Written";

    public bool IsNothing => Samples + Histograms + Exemplars == 0;

    public static WriteStats Read(HttpResponseHeaders headers)
    {
        bool confirmed = false;
        int samples = Read(headers, SamplesHeader, ref confirmed);
        int histograms = Read(headers, HistogramsHeader, ref confirmed);
        int exemplars = Read(headers, ExemplarsHeader, ref confirmed);
        return new WriteStats(samples, histograms, exemplars, confirmed);
    }

    /// <summary>What two attempts wrote together; confirmed if the second was.</summary>
    public WriteStats Add(in WriteStats later) => new(Samples + later.Samples, Histograms + later.Histograms, Exemplars + later.Exemplars, later.IsConfirmed);

    private static int Read(HttpResponseHeaders headers, string name, ref bool confirmed)
    {
        if (!headers.TryGetValues(name, out IEnumerable<string>? values))
        {
            return 0;
        }

        confirmed = true;
        return int.TryParse(values.First(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int count) ? count : 0;
    }
}
