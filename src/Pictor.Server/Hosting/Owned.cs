namespace Pictor.Server.Hosting;

/// <summary>Disposes a value unless it was handed on: for the steps of a start that can fail between them.</summary>
internal sealed class Owned<T>(T value) : IDisposable, IAsyncDisposable where T : class
{
    private bool _released;

    public T Value => value;

    public T Release()
    {
        _released = true;
        return value;
    }

    public void Dispose()
    {
        if (!_released)
            (value as IDisposable)?.Dispose();
        _released = true;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_released && value is IAsyncDisposable disposable)
            await disposable.DisposeAsync();
        _released = true;
    }
}
