def forecast(city: str) -> str:
    return f"temperature in {city}: 7 degrees

print(forecast("Oslo"))
