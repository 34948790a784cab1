using Pharos.Core.Contracts;
using Pharos.PromQL.Sources;

namespace Pharos.PromQL.Tests.Execution;

/// <summary>A store whose reader is opened only when the test says so.</summary>
internal sealed class BlockingSource : ISeriesSource
{
    public TaskCompletionSource Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource Leave { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ISeriesQuerier OpenQuerier()
    {
        Entered.SetResult();
#pragma warning disable VSTHRD002 // the engine opens readers synchronously, and this one is to take long
        Leave.Task.GetAwaiter().GetResult();
#pragma warning restore VSTHRD002
        return new InMemorySeriesSource().OpenQuerier();
    }
}
