namespace Pharos.Remote.Sending;

/// <summary>The batches of a queue that are not in use. Usable from any thread.</summary>
internal sealed class BatchPool(bool isVersion2, bool tracksAge)
{
    private const int Kept = 64;

    private readonly Lock _lock = new(); // guards the stack
    private readonly Stack<RequestBatch> _free = new();

    public RequestBatch Rent()
    {
        lock (_lock)
        {
            if (_free.TryPop(out RequestBatch? batch))
            {
                return batch;
            }
        }

        return isVersion2 ? new RequestBatchV2(tracksAge) : new RequestBatchV1(tracksAge);
    }

    public void Return(RequestBatch batch)
    {
        lock (_lock)
        {
            if (_free.Count < Kept)
            {
                _free.Push(batch);
            }
        }
    }
}
