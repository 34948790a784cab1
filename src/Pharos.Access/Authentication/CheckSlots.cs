namespace Pharos.Access.Authentication;

/// <summary>Lets a few password checks run at once and a few more wait; the rest is sent away, since each check keeps a processor busy.</summary>
internal sealed class CheckSlots : IDisposable
{
    private readonly SemaphoreSlim _free;
    private readonly int _capacity;
    private int _inside;

    /// <param name="parallel">How many run.</param>
    /// <param name="waiting">How many wait.</param>
    public CheckSlots(int parallel, int waiting)
    {
        _free = new SemaphoreSlim(parallel);
        _capacity = parallel + waiting;
    }

    /// <summary>False when too many wait already; after true, call <see cref="Leave"/> exactly once.</summary>
    public async ValueTask<bool> TryEnterAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _inside) > _capacity)
        {
            Interlocked.Decrement(ref _inside);
            return false;
        }

        try
        {
            await _free.WaitAsync(cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch
        {
            Interlocked.Decrement(ref _inside);
            throw;
        }
    }

    public void Leave()
    {
        _free.Release();
        Interlocked.Decrement(ref _inside);
    }

    public void Dispose() => _free.Dispose();
}
