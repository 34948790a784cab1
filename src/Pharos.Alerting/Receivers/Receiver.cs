namespace Pharos.Alerting.Receivers;

/// <summary>A name and those that are told under it.</summary>
/// <param name="Name">As routes call it.</param>
/// <param name="Labels">For filtering over the API.</param>
/// <param name="Integrations">In upstream's order; owned by this object.</param>
public sealed record Receiver(string Name, IReadOnlyDictionary<string, string> Labels, IReadOnlyList<IIntegration> Integrations) : IDisposable
{
    public void Dispose()
    {
        foreach (IIntegration integration in Integrations)
        {
            integration.Dispose();
        }
    }
}
